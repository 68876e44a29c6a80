import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { microsFromNumeric, traceEntries } from '../../domain/index.js';
import { copyRows } from '../../platform/database/index.js';
import type { EntryCandidate, JudgingTerms } from './candidate.js';
import { judgeCommands } from './judge-commands.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { APPENDED_COLUMN_NAMES, entryValues } from '../ledger/append-rows.js';
import { addProjection, emptyProjection, type ProjectionRows } from '../accounts/projection-rows.js';
import { columnNames, PROJECTION_TABLES } from '../accounts/projection-tables.js';
import { ProjectionWriter } from '../accounts/projection-writer.js';
import { GrossByModule } from '../accounts/gross-by-module.js';
import { partnersOf, postingOf, type EntryEffects, type Recorded } from './recorded.js';
import { throwIfRefused } from './refusals.js';

/** The result, without the balance before the entry, which is that of the stored state. */
type LatelyRecorded = Omit<Recorded, 'effects'> & Omit<EntryEffects, 'balanceBefore' | 'changedStatements'>;

/** Records an entry by folding the whole history of its user again: a late entry, a reversal or a release. */
@Injectable()
export class LateEntry {
  constructor(
    private readonly reader: LedgerReader,
    private readonly projections: ProjectionWriter,
  ) {}

  /** @throws Problem if the recorded entries do not allow it */
  async record(
    userId: string,
    candidate: EntryCandidate,
    terms: JudgingTerms,
    manager: EntityManager,
  ): Promise<LatelyRecorded> {
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
    const after = foldedDeployments(rows.deployments);
    const changed = changedSince(before, after);
    const revenueChanges = grossOf(after).changesSince(grossOf(before));
    const { account, postings } = traceEntries(judged.history.entries);
    const posting = postingOf(entry, postings);
    const { now } = terms;
    return {
      outcome: 'added',
      userId,
      entry,
      posting,
      account,
      now,
      changedDeployments: changed.map(({ id }) => id).sort(),
      revenueChanges,
      changedPartners: partnersOf(changed),
      isAudited: false,
    };
  }
}

/** Columns of a deployment's row that another entry of its user can change; the last one is its gross revenue. */
const FIGURES = ['free_credits', 'purchased_credits', 'unpaid_credits', 'refunded_credits', 'gross_revenue'];

/** A user's deployment with the values of FIGURES as canonical text. */
interface Deployment {
  readonly id: string;
  readonly moduleId: string;
  readonly partnerId: string | null;
  readonly figures: readonly string[];
}

/** Reads a user's deployments, with the same text of figures as that of the fold. */
function storedDeployments(userId: string, manager: EntityManager): Promise<Deployment[]> {
  return manager.query<Deployment[]>(
    `SELECT deployment_id AS id, module_id AS "moduleId", partner_id AS "partnerId",
            ARRAY[${FIGURES.map((figure) => `trim_scale(${figure})::text`).join(', ')}] AS figures
     FROM deployment_revenue WHERE user_id = $1`,
    [userId],
  );
}

function foldedDeployments(rows: ProjectionRows['deployments']): Deployment[] {
  const columns = columnNames(PROJECTION_TABLES.deployments);
  const place = (column: string): number => columns.indexOf(column);
  const figures = FIGURES.map(place);
  return rows.map((row) => ({
    id: row[place('deployment_id')] ?? '',
    moduleId: row[place('module_id')] ?? '',
    partnerId: row[place('partner_id')] ?? null,
    figures: figures.map((figure) => row[figure] ?? ''),
  }));
}

function changedSince(before: readonly Deployment[], after: readonly Deployment[]): Deployment[] {
  const earlier = new Map(before.map(({ id, figures }) => [id, figures.join(' ')]));
  return after.filter(({ id, figures }) => earlier.get(id) !== figures.join(' '));
}

function grossOf(deployments: readonly Deployment[]): GrossByModule {
  const gross = new GrossByModule();
  for (const deployment of deployments) {
    gross.add(deployment, microsFromNumeric(deployment.figures.at(-1) as string));
  }
  return gross;
}
