import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { traceEntries } from '../../domain/index.js';
import { copyRows } from '../../platform/database/index.js';
import type { EntryCandidate, JudgingTerms } from './candidate.js';
import { judgeCommands } from './judge-commands.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { APPENDED_COLUMN_NAMES, entryValues } from '../ledger/append-rows.js';
import { addProjection, emptyProjection, type ProjectionRows } from '../accounts/projection-rows.js';
import { columnNames, PROJECTION_TABLES } from '../accounts/projection-tables.js';
import { ProjectionWriter } from '../accounts/projection-writer.js';
import { postingOf, type Recorded } from './recorded.js';
import { throwIfRefused } from './refusals.js';

/** Records an entry that comes before others of its user. It folds the whole history of that user again. */
@Injectable()
export class LateEntry {
  constructor(
    private readonly reader: LedgerReader,
    private readonly projections: ProjectionWriter,
  ) {}

  /** @throws Problem if the entry is a refund and the recorded entries do not allow it */
  async record(
    userId: string,
    candidate: EntryCandidate,
    terms: JudgingTerms,
    manager: EntityManager,
  ): Promise<Recorded> {
    const [history] = await this.reader.historiesOf([userId], manager);
    if (history === undefined) throw new Error('A locked account has no history.');
    const judged = judgeCommands(userId, history, [candidate], terms);
    throwIfRefused(judged.outcomes.get(candidate));
    const [entry] = judged.newEntries;
    if (entry === undefined) throw new Error('A late entry was neither recorded nor refused.');

    const before = await storedDeployments(userId, manager);
    const rows = emptyProjection();
    addProjection(rows, judged.history, judged.account);
    await copyRows(manager, 'credit_entries', APPENDED_COLUMN_NAMES, [entryValues(userId, entry)]);
    await this.projections.replace(rows, [userId], manager);
    const changedDeployments = changedIds(before, rows.deployments);
    const { account, postings } = traceEntries(judged.history.entries);
    const posting = postingOf(entry, postings);
    const { now } = terms;
    return { outcome: 'added', userId, entry, posting, account, now, changedDeployments, isAudited: false };
  }
}

/** Columns of a deployment's row that another entry of its user can change. */
const FIGURES = ['free_credits', 'purchased_credits', 'unpaid_credits', 'refunded_credits', 'gross_revenue'];

/** Reads the figures of a user's deployments by id, as canonical text like that of the fold. */
async function storedDeployments(userId: string, manager: EntityManager): Promise<Map<string, string>> {
  const rows = await manager.query<{ id: string; figures: string[] }[]>(
    `SELECT deployment_id AS id, ARRAY[${FIGURES.map((figure) => `trim_scale(${figure})::text`).join(', ')}] AS figures
     FROM deployment_revenue WHERE user_id = $1`,
    [userId],
  );
  return new Map(rows.map(({ id, figures }) => [id, figures.join(' ')]));
}

function changedIds(before: ReadonlyMap<string, string>, after: ProjectionRows['deployments']): string[] {
  const columns = columnNames(PROJECTION_TABLES.deployments);
  const places = FIGURES.map((figure) => columns.indexOf(figure));
  const idPlace = columns.indexOf('deployment_id');
  return after
    .map((row) => ({ id: row[idPlace] ?? '', figures: places.map((place) => row[place]).join(' ') }))
    .filter(({ id, figures }) => before.get(id) !== figures)
    .map(({ id }) => id)
    .sort();
}
