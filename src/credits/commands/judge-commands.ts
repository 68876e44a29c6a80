import { judgeAndFold, type Account, type Entry, type RefundingEntry } from '../../domain/index.js';
import type { RecordOutcome } from '../../platform/recording/index.js';
import type { UserHistory } from '../ledger/ledger-reader.js';
import { entryOfCommand, isRefundingCommand, refundingEntryOf } from './entry-command.js';
import { servesOwnInterest, type EntryCandidate, type JudgingTerms } from './candidate.js';
import {
  outcomeOfRecorded,
  outcomeOfRefusal,
  OWN_INTEREST,
  timeAhead,
  unknownModule,
  unknownUser,
} from './refusals.js';

/** What became of one user's commands, and what they make of the history. */
export interface JudgedCommands {
  readonly outcomes: ReadonlyMap<EntryCandidate, RecordOutcome>;
  /** The user's history with the new entries. */
  readonly history: UserHistory;
  readonly newEntries: readonly Entry[];
  /** The state after the whole history. */
  readonly account: Account;
}

/**
 * Decides about one user's commands: which are known, which join the ledger, which are refused and why; and folds what
 * results. Awards, purchases, deployments and spends come first, refunds are judged among them in the one order,
 * whatever the order of the commands (docs/rules.md, "Lots").
 *
 * @param history what is recorded of the user; null where there is no such user
 */
export function judgeCommands(
  userId: string,
  history: UserHistory | null,
  candidates: readonly EntryCandidate[],
  terms: JudgingTerms,
): JudgedCommands {
  const outcomes = new Map<EntryCandidate, RecordOutcome>();
  const fresh: EntryCandidate[] = [];
  for (const candidate of candidates) {
    const outcome = outcomeByItself(candidate, history !== null, terms);
    if (outcome === null) fresh.push(candidate);
    else outcomes.set(candidate, outcome);
  }
  const partners = new Map([...(history?.partners ?? []), ...partnersOf(fresh)]);
  const newEntries: Entry[] = [];
  const refunds = new Map<RefundingEntry, EntryCandidate>();
  for (const candidate of fresh) {
    const { command, module } = candidate;
    if (servesOwnInterest(candidate, userId, partners.values(), terms.callerIds)) {
      outcomes.set(candidate, OWN_INTEREST);
    } else if (isRefundingCommand(command)) {
      refunds.set(refundingEntryOf(command), candidate);
    } else {
      newEntries.push(entryOfCommand(command, module, terms));
      outcomes.set(candidate, { outcome: 'added' });
    }
  }
  const recorded = [...(history?.entries ?? []), ...newEntries];
  const judgement = judgeAndFold(recorded, [...refunds.keys()]);
  for (const entry of judgement.accepted) outcomes.set(candidateOf(refunds, entry), { outcome: 'added' });
  for (const refusal of judgement.refused) {
    outcomes.set(candidateOf(refunds, refusal.candidate), outcomeOfRefusal(refusal));
  }
  return {
    outcomes,
    history: { userId, entries: [...recorded, ...judgement.accepted], partners },
    newEntries: [...newEntries, ...judgement.accepted],
    account: judgement.account,
  };
}

/** What can be said of a command without looking at the others; null: it is new and may be recorded. */
export function outcomeByItself(
  { command, module, recorded }: EntryCandidate,
  userExists: boolean,
  terms: JudgingTerms,
): RecordOutcome | null {
  if (recorded !== null) return outcomeOfRecorded(command, recorded);
  if (!userExists) return unknownUser(command);
  const ahead = timeAhead(command.occurredAt, terms.now);
  if (ahead !== null) return ahead;
  return command.type === 'deployment' && module === null ? unknownModule(command.moduleId) : null;
}

function partnersOf(candidates: readonly EntryCandidate[]): (readonly [string, string | null])[] {
  return candidates.flatMap(({ command, module }) =>
    command.type === 'deployment' && module !== null ? [[command.moduleId, module.partnerId] as const] : [],
  );
}

function candidateOf(
  refunds: ReadonlyMap<RefundingEntry, EntryCandidate>,
  entry: RefundingEntry,
): EntryCandidate {
  const candidate = refunds.get(entry);
  if (candidate === undefined) {
    throw new Error(`${entry.type} ${entry.id} was judged without being asked about.`);
  }
  return candidate;
}
