export { ExpiredAnswers } from './expired-answers.js';
export { HonoursIdempotencyKey, honoursIdempotencyKey } from './honours-idempotency-key.decorator.js';
export { IdempotencyModule } from './idempotency.module.js';
export { idempotencyKeyOf, type IdempotencyKey, type KeyOwner } from './idempotency-key.js';
export { claimKey, forgetAnswersAbout, keepAnswerSql, type KeptAnswer } from './kept-answers.js';
