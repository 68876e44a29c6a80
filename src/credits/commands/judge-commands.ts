import { judgeAndFold, type Account, type Entry, type JudgedEntry } from '../../domain/index.js';
import type { RecordOutcome } from '../../platform/recording/index.js';
import type { UserHistory } from '../ledger/ledger-reader.js';
import { entryOfCommand, isJudgedCommand, judgedEntryOf } from './entry-command.js';
import { servesOwnInterest, type EntryCandidate, type JudgingTerms } from './candidate.js';
import {
  outcomeOfRecorded,
  outcomeOfRefusal,
  OWN_INTEREST,
  timeAhead,
  unknownModule,
  unknownUser,
} from './refusals.js';

/** The outcomes of one user's commands, and the history with the accepted ones. */
export interface JudgedCommands {
  readonly outcomes: ReadonlyMap<EntryCandidate, RecordOutcome>;
  /** The user's history with the new entries. */
  readonly history: UserHistory;
  readonly newEntries: readonly Entry[];
  /** The state after the whole history. */
  readonly account: Account;
}

/**
 * Decides which of one user's commands are known, new or refused, and folds the history with the new entries. The order
 * of the commands does not matter: awards, purchases, deployments and spends are added first, then refunds are judged
 * among them in the ledger's order (docs/rules.md, "Lots").
 *
 * @param history the user's recorded entries; null if there is no such user
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
  const refunds = new Map<JudgedEntry, EntryCandidate>();
  for (const candidate of fresh) {
    const { command, module } = candidate;
    if (servesOwnInterest(candidate, userId, partners.values(), terms.callerIds)) {
      outcomes.set(candidate, OWN_INTEREST);
    } else if (isJudgedCommand(command)) {
      refunds.set(judgedEntryOf(command), candidate);
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

/** Judges a command without regard to other commands; returns null if it is new and can be recorded. */
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

function candidateOf(refunds: ReadonlyMap<JudgedEntry, EntryCandidate>, entry: JudgedEntry): EntryCandidate {
  const candidate = refunds.get(entry);
  if (candidate === undefined) {
    throw new Error(`${entry.type} ${entry.id} was judged and is not a candidate.`);
  }
  return candidate;
}
