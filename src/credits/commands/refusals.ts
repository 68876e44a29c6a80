import {
  formatDecimal,
  formatInstant,
  type Entry,
  type Instant,
  type JudgedEntry,
  type Refusal,
} from '../../domain/index.js';
import { Problem } from '../../platform/problem/index.js';
import { refused, type RecordOutcome } from '../../platform/recording/index.js';
import { VALIDATION_PROBLEMS } from '../../platform/validation/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import { hasSameContent, TARGET_TYPES, type EntryCommand, type JudgedCommand } from './entry-command.js';

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

/** The refusal of an entry if its user, or the entry that it undoes, is not recorded. */
export function unknownUser(command: EntryCommand): RecordOutcome {
  if (!('userId' in command)) return unknownTarget(command);
  return refused(CREDITS_PROBLEMS.UNKNOWN_USER, `there is no user ${command.userId}; record it first`);
}

const UNKNOWN_TARGETS = {
  deployment: CREDITS_PROBLEMS.UNKNOWN_DEPLOYMENT,
  purchase: CREDITS_PROBLEMS.UNKNOWN_PURCHASE,
  purchaseReversal: CREDITS_PROBLEMS.UNKNOWN_REVERSAL,
} as const;

const BEFORE_TARGETS = {
  deployment: CREDITS_PROBLEMS.BEFORE_DEPLOYMENT,
  purchase: CREDITS_PROBLEMS.BEFORE_PURCHASE,
  purchaseReversal: CREDITS_PROBLEMS.BEFORE_REVERSAL,
} as const;

/** What each type of entry does to the entry that it names, in sentences. */
const DEEDS = {
  refund: { noun: 'the refund', verb: 'refund' },
  purchaseRefund: { noun: 'the refund', verb: 'refund' },
  purchaseReversal: { noun: 'the reversal', verb: 'reverse' },
  reversalRelease: { noun: 'the release', verb: 'release' },
} as const satisfies Record<JudgedCommand['type'], object>;

/** The refusal of an entry that undoes another one, if that one is not recorded. */
export function unknownTarget({ type, refundedId }: JudgedCommand): RecordOutcome {
  const target = TARGET_TYPES[type];
  return refused(UNKNOWN_TARGETS[target], `there is no ${nameOfType(target)} ${refundedId}; record it first`);
}

function nameOfType(target: (typeof TARGET_TYPES)[JudgedCommand['type']]): string {
  return target === 'purchaseReversal' ? 'reversal' : target;
}

/** The refusal of a deployment of a module that is not recorded. */
export function unknownModule(moduleId: string): RecordOutcome {
  return refused(CREDITS_PROBLEMS.UNKNOWN_MODULE, `there is no module ${moduleId}; record it first`);
}

/** Converts a refusal of the domain to an outcome. */
export function outcomeOfRefusal({ candidate, reason, leftCredits }: Refusal): RecordOutcome {
  const type = TARGET_TYPES[candidate.type];
  const target = `${nameOfType(type)} ${targetIdOf(candidate)}`;
  const { noun, verb } = DEEDS[candidate.type];
  switch (reason) {
    case 'unknownTarget':
      return refused(UNKNOWN_TARGETS[type], `there is no ${target}; record it first`);
    case 'beforeTarget':
      return refused(BEFORE_TARGETS[type], `${noun} is earlier than ${target}`);
    case 'alreadyReleased':
      return refused(CREDITS_PROBLEMS.ALREADY_RELEASED, `${target} was released before, in full`);
    case 'nothingLeft': {
      const when = candidate.type === 'purchaseReversal' ? '' : ' at that time';
      return refused(CREDITS_PROBLEMS.NOTHING_LEFT, `nothing is left to ${verb} of ${target}${when}`);
    }
    case 'moreThanLeft': {
      const asked = candidate.type === 'reversalRelease' ? 0n : (candidate.credits ?? 0n);
      return refused(
        CREDITS_PROBLEMS.MORE_THAN_LEFT,
        `${target} has ${formatDecimal(leftCredits)} credits left to ${verb}, not ${formatDecimal(asked)}`,
      );
    }
  }
}

function targetIdOf(candidate: JudgedEntry): string {
  switch (candidate.type) {
    case 'refund':
      return candidate.deploymentId;
    case 'purchaseRefund':
    case 'purchaseReversal':
      return candidate.purchaseId;
    case 'reversalRelease':
      return candidate.reversalId;
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
