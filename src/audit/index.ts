export { AuditModule } from './audit.module.js';
export type { AuditDetails, AuditOutcome } from './audit-event.js';
export { AuditedAs } from './audited-as.decorator.js';
export { CurrentWrite, type CurrentHttpWrite } from './current-write.decorator.js';
export { appendEvent, recordEvent, recordingOf, type Recording } from './recording.js';
export { Refusals } from './refusals.js';
export type { Write, WriteOutcome } from './write.js';
export { firstAnswer, respond, Writes } from './writes.js';
