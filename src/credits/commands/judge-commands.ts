import {
  formatDecimal,
  formatInstant,
  judgeAndFold,
  type Account,
  type Entry,
  type Instant,
  type ModuleTerms,
  type Refusal,
  type RefundingEntry,
} from '../../domain/index.js';
import { refused, type RecordOutcome } from '../../platform/recording/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import type { UserHistory } from '../ledger/user-history.js';
import type { EntryLine } from './import-line.js';
import {
  deploymentOf,
  incomingEntryOf,
  occurredAtOf,
  refundOf,
  saysTheSame,
  spendOf,
  type PriceTerms,
} from './line-content.js';

/** How far ahead of the database's clock a stated time may lie (docs/rules.md: 5 s). */
const CLOCK_TOLERANCE: Instant = 5_000_000n;

/** A line with what the database knows about it. */
export interface EntryCandidate {
  readonly number: number;
  readonly line: EntryLine;
  /** Of a deployment's module; null where there is none. */
  readonly module: ModuleTerms | null;
  /** What was recorded under the line's id before. */
  readonly recorded: { readonly userId: string; readonly entry: Entry } | null;
}

/** What is the same for every line of an import. */
export interface JudgingTerms extends PriceTerms {
  /** The database's clock. */
  readonly now: Instant;
  /** Who imports, as user and as partner: they record no credits in their own interest. Empty for an operator. */
  readonly importerIds: ReadonlySet<string>;
}

export interface JudgedLines {
  readonly outcomes: ReadonlyMap<EntryCandidate, RecordOutcome>;
  /** The user's history with the new entries. */
  readonly history: UserHistory;
  readonly newEntries: readonly Entry[];
  /** The state after the whole history. */
  readonly account: Account;
}

/**
 * Decides about one user's lines of an import: which are known, which join the ledger, which are refused and why; and
 * folds what results. Awards, purchases, deployments and spends come first, refunds are judged among them in the one
 * order, whatever the order of the lines (docs/rules.md, "Lots").
 *
 * @param history what is recorded of the user; null where there is no such user
 */
export function judgeLines(
  userId: string,
  history: UserHistory | null,
  candidates: readonly EntryCandidate[],
  terms: JudgingTerms,
): JudgedLines {
  const outcomes = new Map<EntryCandidate, RecordOutcome>();
  const fresh: EntryCandidate[] = [];
  for (const candidate of candidates) {
    const outcome = staticOutcome(candidate, history !== null, terms);
    if (outcome === null) fresh.push(candidate);
    else outcomes.set(candidate, outcome);
  }
  const partners = new Map([...(history?.partners ?? []), ...partnersOf(fresh)]);
  const newEntries: Entry[] = [];
  const refunds = new Map<RefundingEntry, EntryCandidate>();
  for (const candidate of fresh) {
    const { line } = candidate;
    if (servesOwnInterest(candidate, userId, partners.values(), terms.importerIds)) {
      outcomes.set(candidate, OWN_INTEREST);
    } else if (line.type === 'refund' || line.type === 'purchaseRefund') {
      refunds.set(refundOf(line), candidate);
    } else {
      newEntries.push(entryOfLine(candidate, terms));
      outcomes.set(candidate, { outcome: 'added' });
    }
  }
  const recorded = [...(history?.entries ?? []), ...newEntries];
  const judgement = judgeAndFold(recorded, [...refunds.keys()]);
  for (const entry of judgement.accepted) outcomes.set(candidateOf(refunds, entry), { outcome: 'added' });
  for (const refusal of judgement.refused) {
    outcomes.set(candidateOf(refunds, refusal.candidate), refusalOutcome(refusal));
  }
  return {
    outcomes,
    history: { userId, entries: [...recorded, ...judgement.accepted], partners },
    newEntries: [...newEntries, ...judgement.accepted],
    account: judgement.account,
  };
}

/**
 * Whether somebody would record credits in their own interest (docs/contract.md, "Callers"): anything about themselves, an
 * award or purchase for a user who deploys modules of theirs, or a deployment of such a module that nobody was charged for.
 *
 * @param partners whose modules the user deploys
 * @param callerIds who records it, as user and as partner
 */
export function servesOwnInterest(
  { line, module }: EntryCandidate,
  userId: string,
  partners: Iterable<string | null>,
  callerIds: ReadonlySet<string>,
): boolean {
  if (callerIds.has(userId)) return true;
  const isTheirs = (partnerId: string | null): boolean => partnerId !== null && callerIds.has(partnerId);
  switch (line.type) {
    case 'award':
    case 'purchase':
      return [...partners].some(isTheirs);
    case 'deployment':
      return isTheirs(module?.partnerId ?? null);
    case 'spend':
    case 'refund':
    case 'purchaseRefund':
      return false;
  }
}

/** The outcome of a line whose id is recorded: the same again is known, anything else a conflict. */
export function outcomeOfRecorded(
  line: EntryLine,
  recorded: { readonly userId: string; readonly entry: Entry },
): RecordOutcome {
  if (saysTheSame(line, recorded.entry, recorded.userId)) return { outcome: 'known' };
  return refused(
    CREDITS_PROBLEMS.CONFLICT,
    `${line.type} ${recorded.entry.id} is recorded with other content; a correction is a new entry with an id of its own`,
  );
}

/** The refusal of credits that whoever records them, or a partner whom they are, would profit from. */
export const OWN_INTEREST: RecordOutcome = refused(
  CREDITS_PROBLEMS.OWN_INTEREST,
  'nobody records entries about themselves, credits for a user who deploys modules of theirs, or deployments of these; let somebody else do it',
);

/** What can be said of a line without looking at the others; null: it is new and may be recorded. */
export function staticOutcome(
  candidate: EntryCandidate,
  userExists: boolean,
  terms: JudgingTerms,
): RecordOutcome | null {
  const { line, recorded } = candidate;
  if (recorded !== null) return outcomeOfRecorded(line, recorded);
  if (!userExists) return unknownUser(line);
  const ahead = timeAhead(occurredAtOf(line), terms.now);
  if (ahead !== null) return ahead;
  if (line.type === 'deployment' && candidate.module === null) {
    return refused(CREDITS_PROBLEMS.UNKNOWN_MODULE, `there is no module ${line.moduleId}; record it first`);
  }
  return null;
}

/** The refusal of a stated time that lies too far ahead of the database's clock; null where it does not. */
export function timeAhead(stated: Instant, now: Instant): RecordOutcome | null {
  if (stated <= now + CLOCK_TOLERANCE) return null;
  return refused(
    CREDITS_PROBLEMS.TIME_AHEAD,
    `${formatInstant(stated)} is more than 5 s ahead of the database's clock, ${formatInstant(now)}`,
  );
}

function unknownUser(line: EntryLine): RecordOutcome {
  if ('userId' in line) {
    return refused(CREDITS_PROBLEMS.UNKNOWN_USER, `there is no user ${line.userId}; record it first`);
  }
  return unknownTarget(line);
}

/** The refusal of a refund that names nothing recorded. */
export function unknownTarget(
  line: Extract<EntryLine, { type: 'refund' | 'purchaseRefund' }>,
): RecordOutcome {
  return line.type === 'refund'
    ? refused(CREDITS_PROBLEMS.UNKNOWN_DEPLOYMENT, `there is no deployment ${line.deploymentId}`)
    : refused(CREDITS_PROBLEMS.UNKNOWN_PURCHASE, `there is no purchase ${line.purchaseExternalId}`);
}

/** The refusal of a refund as a line's outcome. */
export function refusalOutcome({ candidate, reason, leftCredits }: Refusal): RecordOutcome {
  const target =
    candidate.type === 'refund' ? `deployment ${candidate.deploymentId}` : `purchase ${candidate.purchaseId}`;
  switch (reason) {
    case 'unknownTarget':
      return refused(
        candidate.type === 'refund' ? CREDITS_PROBLEMS.UNKNOWN_DEPLOYMENT : CREDITS_PROBLEMS.UNKNOWN_PURCHASE,
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

/** The entry that a line which was not refused records, on the terms of now. */
export function entryOfLine({ line, module }: EntryCandidate, terms: PriceTerms): Entry {
  switch (line.type) {
    case 'award':
    case 'purchase':
      return incomingEntryOf(line, terms);
    case 'spend':
      return spendOf(line);
    case 'refund':
    case 'purchaseRefund':
      return refundOf(line);
    case 'deployment':
      if (module === null) throw new Error('A deployment of an unknown module was not refused.');
      return deploymentOf(line, module);
  }
}

function partnersOf(candidates: readonly EntryCandidate[]): (readonly [string, string | null])[] {
  return candidates.flatMap(({ line, module }) =>
    line.type === 'deployment' && module !== null ? [[line.moduleId, module.partnerId] as const] : [],
  );
}

function candidateOf(
  refunds: ReadonlyMap<RefundingEntry, EntryCandidate>,
  entry: RefundingEntry,
): EntryCandidate {
  const candidate = refunds.get(entry);
  if (candidate === undefined)
    throw new Error(`${entry.type} ${entry.id} was judged without being asked about.`);
  return candidate;
}
