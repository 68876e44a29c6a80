import { formatInstant, type Instant } from '../../domain/index.js';
import { Problem } from '../../platform/problem/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';

/**
 * Where an entry is sent without its time, only the clock tells whether it would have expired before it happened.
 *
 * @throws Problem 400
 */
export function assertExpiresLater(expiresAt: Instant | null, occurredAt: Instant): void {
  if (expiresAt === null || expiresAt > occurredAt) return;
  const message = `must be after occurredAt (${formatInstant(occurredAt)})`;
  throw new Problem(VALIDATION_PROBLEMS.INVALID, `expiresAt ${message}.`, {
    errors: [{ field: 'expiresAt', message }],
  });
}
