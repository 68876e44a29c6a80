import { formatDecimal, formatInstant, type Entry, type Instant, type Refusal } from '../../domain/index.js';
import { Problem } from '../../platform/problem/index.js';
import { refused, type RecordOutcome } from '../../platform/recording/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import { hasSameContent, type EntryCommand, type RefundingCommand } from './entry-command.js';

/** A given time can be ahead of the database's clock by this much (docs/rules.md: 5 s). */
const CLOCK_TOLERANCE: Instant = 5_000_000n;

/** The refusal of an entry from which the caller, or the caller's partner, would profit. */
export const OWN_INTEREST: RecordOutcome = refused(
  CREDITS_PROBLEMS.OWN_INTEREST,
  'you cannot record entries about yourself, credits of users who deploy your modules, or deployments of your modules; ask another operator',
);

/** The outcome of a command whose id is recorded: known if it has the same content, otherwise a conflict. */
export function outcomeOfRecorded(
  command: EntryCommand,
  recorded: { readonly userId: string; readonly entry: Entry },
): RecordOutcome {
  if (hasSameContent(command, recorded.entry, recorded.userId)) return { outcome: 'known' };
  return refused(
    CREDITS_PROBLEMS.CONFLICT,
    `${command.type} ${recorded.entry.id} is recorded with other content; to correct it, record a new entry with another id`,
  );
}

/** The refusal of a time that is too far ahead of the database's clock; null for any other time. */
export function timeAhead(stated: Instant, now: Instant): RecordOutcome | null {
  if (stated <= now + CLOCK_TOLERANCE) return null;
  return refused(
    CREDITS_PROBLEMS.TIME_AHEAD,
    `${formatInstant(stated)} is more than 5 s ahead of the database's clock, which shows ${formatInstant(now)}`,
  );
}

/** The refusal of an entry if its user, or the deployment or purchase to refund, is not recorded. */
export function unknownUser(command: EntryCommand): RecordOutcome {
  if (!('userId' in command)) return unknownTarget(command);
  return refused(CREDITS_PROBLEMS.UNKNOWN_USER, `there is no user ${command.userId}; record it first`);
}

/** The refusal of a refund if its deployment or purchase is not recorded. */
export function unknownTarget({ type, refundedId }: RefundingCommand): RecordOutcome {
  return type === 'refund'
    ? refused(CREDITS_PROBLEMS.UNKNOWN_DEPLOYMENT, `there is no deployment ${refundedId}; record it first`)
    : refused(CREDITS_PROBLEMS.UNKNOWN_PURCHASE, `there is no purchase ${refundedId}; record it first`);
}

/** The refusal of a deployment of a module that is not recorded. */
export function unknownModule(moduleId: string): RecordOutcome {
  return refused(CREDITS_PROBLEMS.UNKNOWN_MODULE, `there is no module ${moduleId}; record it first`);
}

/** Converts a refusal of the domain to an outcome. */
export function outcomeOfRefusal({ candidate, reason, leftCredits }: Refusal): RecordOutcome {
  const isRefund = candidate.type === 'refund';
  const target = isRefund ? `deployment ${candidate.deploymentId}` : `purchase ${candidate.purchaseId}`;
  switch (reason) {
    case 'unknownTarget':
      return refused(
        isRefund ? CREDITS_PROBLEMS.UNKNOWN_DEPLOYMENT : CREDITS_PROBLEMS.UNKNOWN_PURCHASE,
        `there is no ${target}; record it first`,
      );
    case 'beforeTarget':
      return refused(CREDITS_PROBLEMS.BEFORE_DEPLOYMENT, `the refund is earlier than ${target}`);
    case 'nothingLeft':
      return refused(CREDITS_PROBLEMS.NOTHING_LEFT, `nothing is left to refund of ${target} at that time`);
    case 'moreThanLeft':
      return refused(
        CREDITS_PROBLEMS.MORE_THAN_LEFT,
        `${target} has ${formatDecimal(leftCredits)} credits left to refund, not ${formatDecimal(candidate.credits ?? 0n)}`,
      );
  }
}

/**
 * Throws the reason of a refusal as an error of the route. An import reports the same reason for a line.
 *
 * @throws Problem if the outcome is a refusal
 */
export function throwIfRefused(outcome: RecordOutcome | null | undefined): void {
  if (outcome?.outcome !== 'refused') return;
  throw new Problem(outcome.kind, `${outcome.reason.charAt(0).toUpperCase()}${outcome.reason.slice(1)}.`);
}

/**
 * Checks expiresAt after an entry without a time got one from the clock.
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
