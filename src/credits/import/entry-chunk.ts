import type { EntityManager } from 'typeorm';
import { microsFromNumeric, type ModuleTerms } from '../../domain/index.js';
import { copyRows, type CopyRow } from '../../platform/database/index.js';
import type { PersonalText, PersonalTexts } from '../../users/index.js';
import type { LedgerReader } from '../ledger/ledger-reader.js';
import type { UserHistory } from '../ledger/ledger-reader.js';
import { GatheredProjections } from '../accounts/gathered-projections.js';
import { putAccount, subjectOf, textRow } from '../accounts/projection-rows.js';
import type { ProjectionWriter } from '../accounts/projection-writer.js';
import type { EntryCandidate, JudgingTerms } from '../commands/candidate.js';
import type { EntryCommand } from '../commands/entry-command.js';
import { judgeCommands, type JudgedCommands } from '../commands/judge-commands.js';
import { APPENDED_COLUMN_NAMES, entryValues } from '../ledger/append-rows.js';
import { entrySelectList } from '../ledger/entry-columns.js';
import { ImportTally } from './import-tally.js';
import {
  RECORDED_PREFIX,
  recordedOf,
  STAGED_ENTRY_COLUMNS,
  stagedCommand,
  type RecordedColumns,
  type StagedEntryRow,
} from './staged-line.js';

/** A staged line with its module (for a deployment) and the entry that is already recorded under its id. */
type ChunkRow = RecordedColumns &
  StagedEntryRow & {
    readonly userId: string;
    readonly moduleCost: string | null;
    readonly modulePartnerId: string | null;
    readonly moduleRequiresPurchased: boolean | null;
  };

/** Texts per call of `PersonalTexts.recordMany`. */
const TEXTS_PER_BATCH = 5_000;

/** The services that record the entries of a chunk. */
export interface ChunkServices {
  readonly reader: LedgerReader;
  readonly projections: ProjectionWriter;
  readonly personalTexts: PersonalTexts;
}

/**
 * Records one chunk of staged entries in the manager's transaction: locks the users' accounts, judges their lines,
 * appends the new entries, and stores the results of the fold.
 *
 * @returns the outcomes of the chunk's lines, which are final only after the commit
 */
export async function recordChunk(
  chunk: number,
  terms: JudgingTerms,
  services: ChunkServices,
  manager: EntityManager,
): Promise<ImportTally> {
  const accounts = await lockAccounts(chunk, manager);
  await lockModules(chunk, manager);
  const candidates = await candidatesByUser(chunk, manager);
  const histories = await historiesOf(accounts, services.reader, manager);
  const recorded = new RecordedChunk(candidates, histories, terms);
  // Each user is judged when COPY asks for more rows, while PostgreSQL stores the rows of the previous user.
  await copyRows(manager, 'credit_entries', APPENDED_COLUMN_NAMES, recorded.entryRows());
  await store(recorded, accounts, services, manager);
  return recorded.tally;
}

/** Judges a chunk's lines user by user, and collects all that must be stored after the entries. */
class RecordedChunk {
  readonly tally = new ImportTally();
  /** Users with new entries. */
  readonly changedUsers: string[] = [];
  readonly projections = new GatheredProjections();
  readonly balances: CopyRow[] = [];
  /** Free texts of the added lines, by type. They are stored outside the ledger, so that they can be erased. */
  readonly reasons = new Map<EntryCommand['type'], PersonalText[]>();

  constructor(
    private readonly candidates: ReadonlyMap<string, EntryCandidate[]>,
    private readonly histories: ReadonlyMap<string, UserHistory>,
    private readonly terms: JudgingTerms,
  ) {}

  /** Returns the rows of all new entries. The other fields are complete once all rows have been read. */
  *entryRows(): Generator<CopyRow> {
    for (const [userId, lines] of this.candidates) {
      const judged = judgeCommands(userId, this.histories.get(userId) ?? null, lines, this.terms);
      countOutcomes(judged, this.tally);
      if (judged.newEntries.length === 0) continue;
      this.keep(judged);
      for (const entry of judged.newEntries) yield entryValues(userId, entry);
    }
  }

  private keep(judged: JudgedCommands): void {
    const { history, account } = judged;
    this.changedUsers.push(history.userId);
    putAccount(subjectOf(history), account, (name, cells) => {
      if (name === 'accounts') this.balances.push(textRow(name, cells));
      else this.projections.put(name, cells);
    });
    keepReasons(judged, this.reasons);
  }
}

/** All writers lock accounts first, in the order of the users' ids, so that no deadlock is possible. */
async function lockAccounts(chunk: number, manager: EntityManager): Promise<Map<string, number>> {
  const rows = await manager.query<{ userId: string; entries: string }[]>(
    `SELECT user_id AS "userId", entries FROM credit_accounts
     WHERE user_id IN (SELECT user_id FROM import_users WHERE chunk = $1)
     ORDER BY user_id FOR UPDATE`,
    [chunk],
  );
  return new Map(rows.map(({ userId, entries }) => [userId, Number(entries)]));
}

/** Takes the lock of the entries' foreign keys before the modules are read, so that their partners cannot change. */
async function lockModules(chunk: number, manager: EntityManager): Promise<void> {
  await manager.query(
    `SELECT FROM modules
     WHERE id IN (SELECT module_id FROM import_entries WHERE chunk = $1 AND type = 'deployment')
     ORDER BY id FOR KEY SHARE`,
    [chunk],
  );
}

async function historiesOf(
  accounts: ReadonlyMap<string, number>,
  reader: LedgerReader,
  manager: EntityManager,
): Promise<Map<string, UserHistory>> {
  const withEntries = [...accounts].filter(([, entries]) => entries > 0).map(([userId]) => userId);
  const recorded = withEntries.length === 0 ? [] : await reader.historiesOf(withEntries, manager);
  const empty = (userId: string): UserHistory => ({ userId, entries: [], partners: new Map() });
  return new Map([
    ...[...accounts.keys()].map((userId) => [userId, empty(userId)] as const),
    ...recorded.map((history) => [history.userId, history] as const),
  ]);
}

async function candidatesByUser(
  chunk: number,
  manager: EntityManager,
): Promise<Map<string, EntryCandidate[]>> {
  const rows = await manager.query<ChunkRow[]>(
    `SELECT ${STAGED_ENTRY_COLUMNS}, ${entrySelectList('recorded', RECORDED_PREFIX).join(', ')},
            module.credit_cost AS "moduleCost", module.partner_id AS "modulePartnerId",
            module.requires_purchased_credits AS "moduleRequiresPurchased"
     FROM import_entries AS staged
       LEFT JOIN credit_entries AS recorded ON recorded.type = staged.type AND recorded.id = staged.id
       LEFT JOIN modules AS module ON module.id = staged.module_id
     WHERE staged.chunk = $1
     ORDER BY staged.line`,
    [chunk],
  );
  const byUser = new Map<string, EntryCandidate[]>();
  for (const row of rows) {
    const candidate = candidateOf(row);
    const candidates = byUser.get(row.userId);
    if (candidates === undefined) byUser.set(row.userId, [candidate]);
    else candidates.push(candidate);
  }
  return byUser;
}

function candidateOf(row: ChunkRow): EntryCandidate {
  const module: ModuleTerms | null =
    row.moduleCost === null
      ? null
      : {
          creditCost: microsFromNumeric(row.moduleCost),
          partnerId: row.modulePartnerId,
          requiresPurchasedCredits: row.moduleRequiresPurchased === true,
        };
  return { number: Number(row.line), command: stagedCommand(row), module, recorded: recordedOf(row) };
}

function countOutcomes({ outcomes }: JudgedCommands, tally: ImportTally): void {
  for (const [{ number, command }, outcome] of outcomes) {
    tally.add(number, command, outcome);
  }
}

async function store(
  { changedUsers, projections: gathered, balances, reasons }: RecordedChunk,
  accounts: ReadonlyMap<string, number>,
  { projections, personalTexts }: ChunkServices,
  manager: EntityManager,
): Promise<void> {
  if (changedUsers.length === 0) return;
  const usersWithRows = changedUsers.filter((userId) => (accounts.get(userId) ?? 0) > 0);
  await projections.replaceMany(gathered.takeRows(), balances, usersWithRows, manager);
  for (const [source, texts] of reasons) {
    for (let from = 0; from < texts.length; from += TEXTS_PER_BATCH) {
      await personalTexts.recordMany(source, texts.slice(from, from + TEXTS_PER_BATCH), manager);
    }
  }
}

function keepReasons(
  { history, outcomes }: JudgedCommands,
  reasons: Map<EntryCommand['type'], PersonalText[]>,
): void {
  for (const [{ command }, { outcome }] of outcomes) {
    if (outcome !== 'added' || !('reason' in command) || command.reason === null) continue;
    const texts = reasons.get(command.type) ?? [];
    texts.push({ userId: history.userId, sourceId: command.id, text: command.reason });
    reasons.set(command.type, texts);
  }
}
