export { connectionOf, copyRows, type CopyRow } from './copy-rows.js';
export { DatabaseModule } from './database.module.js';
export { epochMicrosOf } from './epoch-micros.js';
export { instantFromPostgres } from './instant-text.js';
export { preparedQuery } from './prepared-query.js';
export { inSnapshot, snapshotOn, type Snapshot } from './snapshot.js';
export { withoutTimeLimits } from './time-limits.js';
export { inTransaction } from './transaction.js';
export { violatedConstraint } from './violated-constraint.js';
