export { ADVISORY_LOCKS } from './advisory-locks.js';
export { connectionOf, copyRows, type CopyRow } from './copy-rows.js';
export { DatabaseModule, OwnerDatabase } from './database.module.js';
export { openDatabase, type Database } from './open-database.js';
export { inSnapshot, snapshotOn, type Snapshot } from './snapshot.js';
export { withoutTimeLimits } from './time-limits.js';
export { inTransaction } from './transaction.js';
export { violatedConstraint } from './violated-constraint.js';
