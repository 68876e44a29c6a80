import { Problem } from '../../platform/problem/index.js';
import type { RecordOutcome } from '../../platform/recording/index.js';

/**
 * What an import tells of a line, a route tells as an error.
 *
 * @throws Problem where the outcome is a refusal
 */
export function throwIfRefused(outcome: RecordOutcome | null | undefined): void {
  if (outcome?.outcome !== 'refused') return;
  throw new Problem(outcome.kind, `${outcome.reason.charAt(0).toUpperCase()}${outcome.reason.slice(1)}.`);
}
