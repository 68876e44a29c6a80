export { ExpiredAnswers } from './expired-answers.js';
export { HonoursIdempotencyKey, honoursIdempotencyKey } from './honours-idempotency-key.decorator.js';
export { IdempotencyModule } from './idempotency.module.js';
export { idempotencyKeyOf, type IdempotencyKey, type KeyOwner } from './idempotency-key.js';
export {
  claimFreshKeys,
  claimKey,
  forgetAnswersAbout,
  keepAnswersSql,
  keyInFlight,
  type AnswerToKeep,
  type KeptAnswer,
} from './kept-answers.js';
