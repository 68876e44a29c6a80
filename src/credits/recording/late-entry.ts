import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { traceEntries } from '../../domain/index.js';
import { copyRows } from '../../platform/database/index.js';
import { judgeLines, type EntryCandidate, type JudgingTerms } from '../judging/judge-lines.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { ENTRY_COLUMNS, entryValues } from '../persistence/entry-row.js';
import { addProjection, emptyProjection, type ProjectionRows } from '../projection/projection-rows.js';
import { ProjectionWriter } from '../projection/projection-writer.js';
import { postingOf, type Recorded } from './recorded.js';
import { throwIfRefused } from './refusal.js';

/** Records an entry that stands before others of its user: that user's history is folded again, nobody else's. */
@Injectable()
export class LateEntry {
  constructor(
    private readonly reader: LedgerReader,
    private readonly projections: ProjectionWriter,
  ) {}

  /** @throws Problem where the entry, a refund, is refused by what is recorded */
  async record(
    userId: string,
    candidate: EntryCandidate,
    terms: JudgingTerms,
    manager: EntityManager,
  ): Promise<Recorded> {
    const [history] = await this.reader.historiesOf([userId], manager);
    if (history === undefined) throw new Error('A locked account has no history.');
    const judged = judgeLines(userId, history, [candidate], terms);
    throwIfRefused(judged.outcomes.get(candidate));
    const [entry] = judged.newEntries;
    if (entry === undefined) throw new Error('A late entry was neither recorded nor refused.');

    const before = await storedDeployments(userId, manager);
    const rows = emptyProjection();
    addProjection(rows, judged.history, judged.account);
    await copyRows(manager, 'credit_entries', ENTRY_COLUMNS, [entryValues(userId, entry)]);
    await this.projections.replace(rows, [userId], manager);
    const changedDeployments = changedIds(before, rows.deployments);
    const { account, postings } = traceEntries(judged.history.entries);
    const posting = postingOf(entry, postings);
    const { now } = terms;
    return { outcome: 'added', userId, entry, posting, account, now, changedDeployments, isClosed: false };
  }
}

/** The figures of a user's deployments, by id, in the form in which the fold writes them. */
async function storedDeployments(userId: string, manager: EntityManager): Promise<Map<string, string>> {
  const rows = await manager.query<{ id: string; figures: string[] }[]>(
    `SELECT deployment_id AS id,
            ARRAY[trim_scale(free_credits)::text, trim_scale(purchased_credits)::text, trim_scale(unpaid_credits)::text,
                  trim_scale(refunded_credits)::text, trim_scale(gross_revenue)::text] AS figures
     FROM deployment_revenue WHERE user_id = $1`,
    [userId],
  );
  return new Map(rows.map(({ id, figures }) => [id, figures.join(' ')]));
}

/** Which of the first columns of a deployment's row are figures: free to gross. */
const FIGURES = { from: 6, to: 11 } as const;

function changedIds(before: ReadonlyMap<string, string>, after: ProjectionRows['deployments']): string[] {
  return after
    .filter((row) => before.get(row[1] ?? '') !== row.slice(FIGURES.from, FIGURES.to).join(' '))
    .map((row) => row[1] ?? '')
    .sort();
}
