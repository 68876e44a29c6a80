import { formatDecimal, formatInstant, type Entry, type Instant, type Refusal } from '../../domain/index.js';
import { Problem } from '../../platform/problem/index.js';
import { refused, type RecordOutcome } from '../../platform/recording/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import { saysTheSame, type EntryCommand, type RefundingCommand } from './entry-command.js';

/** How far ahead of the database's clock a stated time may lie (docs/rules.md: 5 s). */
const CLOCK_TOLERANCE: Instant = 5_000_000n;

/** The refusal of credits that the caller, or the partner that the caller acts for, would profit from. */
export const OWN_INTEREST: RecordOutcome = refused(
  CREDITS_PROBLEMS.OWN_INTEREST,
  'nobody records entries about themselves, credits for a user who deploys modules of theirs, or deployments of these; let somebody else do it',
);

/** The outcome of a command whose id is recorded: the same again is known, anything else a conflict. */
export function outcomeOfRecorded(
  command: EntryCommand,
  recorded: { readonly userId: string; readonly entry: Entry },
): RecordOutcome {
  if (saysTheSame(command, recorded.entry, recorded.userId)) return { outcome: 'known' };
  return refused(
    CREDITS_PROBLEMS.CONFLICT,
    `${command.type} ${recorded.entry.id} is recorded with other content; a correction is a new entry with an id of its own`,
  );
}

/** The refusal of a stated time that lies too far ahead of the database's clock; null where it does not. */
export function timeAhead(stated: Instant, now: Instant): RecordOutcome | null {
  if (stated <= now + CLOCK_TOLERANCE) return null;
  return refused(
    CREDITS_PROBLEMS.TIME_AHEAD,
    `${formatInstant(stated)} is more than 5 s ahead of the database's clock, ${formatInstant(now)}`,
  );
}

/** The refusal of an entry of nobody: its user, or what a refund names, is not recorded. */
export function unknownUser(command: EntryCommand): RecordOutcome {
  if (!('userId' in command)) return unknownTarget(command);
  return refused(CREDITS_PROBLEMS.UNKNOWN_USER, `there is no user ${command.userId}; record it first`);
}

/** The refusal of a refund that names nothing recorded. */
export function unknownTarget({ type, refundedId }: RefundingCommand): RecordOutcome {
  return type === 'refund'
    ? refused(CREDITS_PROBLEMS.UNKNOWN_DEPLOYMENT, `there is no deployment ${refundedId}`)
    : refused(CREDITS_PROBLEMS.UNKNOWN_PURCHASE, `there is no purchase ${refundedId}`);
}

/** The refusal of a deployment of a module that is not recorded. */
export function unknownModule(moduleId: string): RecordOutcome {
  return refused(CREDITS_PROBLEMS.UNKNOWN_MODULE, `there is no module ${moduleId}; record it first`);
}

/** A refusal of the domain as an outcome. */
export function outcomeOfRefusal({ candidate, reason, leftCredits }: Refusal): RecordOutcome {
  const isRefund = candidate.type === 'refund';
  const target = isRefund ? `deployment ${candidate.deploymentId}` : `purchase ${candidate.purchaseId}`;
  switch (reason) {
    case 'unknownTarget':
      return refused(
        isRefund ? CREDITS_PROBLEMS.UNKNOWN_DEPLOYMENT : CREDITS_PROBLEMS.UNKNOWN_PURCHASE,
        `there is no ${target}`,
      );
    case 'beforeTarget':
      return refused(CREDITS_PROBLEMS.BEFORE_DEPLOYMENT, `the refund is earlier than ${target}`);
    case 'nothingLeft':
      return refused(CREDITS_PROBLEMS.NOTHING_LEFT, `nothing is left to refund of ${target} at that time`);
    case 'moreThanLeft':
      return refused(
        CREDITS_PROBLEMS.MORE_THAN_LEFT,
        `${formatDecimal(leftCredits)} credits are left to refund of ${target}, ${formatDecimal(candidate.credits ?? 0n)} are asked for`,
      );
  }
}

/**
 * What an import tells of a line, a route tells as an error.
 *
 * @throws Problem where the outcome is a refusal
 */
export function throwIfRefused(outcome: RecordOutcome | null | undefined): void {
  if (outcome?.outcome !== 'refused') return;
  throw new Problem(outcome.kind, `${outcome.reason.charAt(0).toUpperCase()}${outcome.reason.slice(1)}.`);
}

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
