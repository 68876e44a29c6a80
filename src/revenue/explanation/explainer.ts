import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  formatInstant,
  statedSteps,
  traceEntries,
  type Account,
  type Instant,
  type Posting,
  type ShareTimeline,
} from '../../domain/index.js';
import { LedgerReader } from '../../credits/index.js';
import {
  instantFromPostgres,
  localInstantTextSql,
  preparedQuery,
  ReportSnapshots,
  type Snapshot,
} from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import { PersonalTexts } from '../../users/index.js';
import { shareInForce, VariablesService, type Variables } from '../../variables/index.js';
import { SqlParameters } from '../filter/filter-conditions.js';
import { rowColumns, rowJoins, type ReportRow } from '../report/report-row.js';
import { REVENUE_PROBLEMS } from '../revenue.problems.js';
import { shareSql } from '../share/share-sql.js';
import { changesOf, sharesInWords } from '../share/share-words.js';
import type { Viewer } from '../viewer.js';
import { storyOf } from './deployment-story.js';
import {
  fullExplanation,
  monthlyInstants,
  partnerExplanation,
  type ExplainedRow,
  type FullExplanation,
  type PartnerExplanation,
} from './explanation.js';

/** Explains a row of the report: folds the history of its user again, from the first entry. */
@Injectable()
export class Explainer {
  constructor(
    private readonly snapshots: ReportSnapshots,
    private readonly ledger: LedgerReader,
    private readonly variables: VariablesService,
    private readonly texts: PersonalTexts,
  ) {}

  /** @throws Problem 404 if the deployment does not exist or its module belongs to another partner */
  async explain(deploymentId: string, viewer: Viewer): Promise<FullExplanation | PartnerExplanation> {
    return this.snapshots.read(async (snapshot) => {
      const variables = await this.variables.current(snapshot.manager);
      const found = await findRow(deploymentId, variables.shares, viewer, snapshot);
      const story = storyOf(deploymentId, await this.reconstruct(found.historyOf, snapshot.manager));
      const row = explainedRow(found.row, variables, await wordsOf(variables, snapshot), viewer, snapshot);
      if (viewer.kind === 'partner') {
        const months = await monthsOf(monthlyInstants(story), variables.timeZone, snapshot);
        return partnerExplanation(row, story, (instant) => months.get(instant) as string);
      }
      const refundIds = story.refunds.map(({ posting }) => posting.entry.id);
      return fullExplanation(row, story, await this.texts.find('refund', refundIds, snapshot.manager));
    });
  }

  /** Reads a user's credit history from the ledger: the state after the last entry, and the posting of each entry. */
  async reconstruct(
    userId: string,
    manager: EntityManager,
  ): Promise<{ account: Account; postings: Posting[] }> {
    const [history] = await this.ledger.historiesOf([userId], manager);
    return traceEntries(history?.entries ?? []);
  }
}

/** A row, and the user whose history explains it. */
interface FoundRow {
  readonly row: ReportRow;
  readonly historyOf: string;
}

/** Starts from the ledger, because its index finds a deployment by id alone. The key of a row begins with the user. */
async function findRow(
  deploymentId: string,
  shares: ShareTimeline,
  viewer: Viewer,
  { client }: Snapshot,
): Promise<FoundRow> {
  const parameters = new SqlParameters();
  const id = parameters.add(deploymentId);
  const partnerId = parameters.add(viewer.kind === 'partner' ? viewer.partnerId : null);
  const columns = rowColumns(viewer, shareSql(shares, parameters));
  const [found] = await preparedQuery<FoundRow>(
    client,
    `SELECT (SELECT row_to_json(shown) FROM (SELECT ${columns}) AS shown) AS row, revenue.user_id AS "historyOf"
       FROM credit_entries AS entry
       JOIN deployment_revenue AS revenue
         ON revenue.user_id = entry.user_id AND revenue.deployment_id = entry.id
       ${rowJoins(viewer)}
      WHERE entry.type = 'deployment' AND entry.id = ${id} AND (${partnerId}::text IS NULL OR revenue.partner_id = ${partnerId})`,
    parameters.values,
  );
  if (found === undefined) {
    throw new Problem(
      REVENUE_PROBLEMS.DEPLOYMENT_NOT_FOUND,
      `There is no deployment ${deploymentId} in the revenue that you can see.`,
      // The service does not check whether the deployment exists for another partner, so both cases take the same time.
      { attemptOn: viewer.kind === 'partner' ? { type: 'deployment', id: deploymentId } : undefined },
    );
  }
  return found;
}

function explainedRow(
  row: ReportRow,
  { shares, currency }: Variables,
  words: string,
  viewer: Viewer,
  { takenAt }: Snapshot,
): ExplainedRow {
  const snapshotAt = instantFromPostgres(takenAt);
  return {
    ...row,
    partnerRevenueShareNow: shareInForce(shares, snapshotAt),
    shares: statedSteps(shares),
    sharesInWords: words,
    currency,
    formula: viewer.kind === 'everybody' && row.partnerId === null ? PLATFORM_FORMULA : partnerFormula(row),
    snapshotAt,
  };
}

const PLATFORM_FORMULA =
  'revenue = 0, because the module belongs to the platform and no partner has a share of grossRevenue';

function partnerFormula({ grossRevenue, partnerRevenueShare, revenue }: ReportRow): string {
  return `revenue = grossRevenue * partnerRevenueShare / 100 = ${grossRevenue} * ${partnerRevenueShare} / 100 = ${revenue}`;
}

/** The shares of all time in words, with days of the variable `timeZone`. */
async function wordsOf({ shares, timeZone }: Variables, { manager }: Snapshot): Promise<string> {
  const steps = statedSteps(shares);
  const changes = changesOf(steps);
  const rows =
    changes.length === 0
      ? []
      : await manager.query<{ utc: string; local: string }[]>(
          `SELECT utc, ${localInstantTextSql('utc::timestamptz', 'utc', '$2::text')} AS local
             FROM unnest($1::text[]) AS change (utc)`,
          [changes, timeZone],
        );
  const locals = new Map(rows.map(({ utc, local }) => [utc, local]));
  return sharesInWords(steps, (instant) => locals.get(instant) ?? instant);
}

/** Reads the month of each instant from PostgreSQL. Only PostgreSQL computes with time zones. */
async function monthsOf(
  instants: readonly Instant[],
  timeZone: string,
  { manager }: Snapshot,
): Promise<Map<Instant, string>> {
  if (instants.length === 0) return new Map();
  const rows = await manager.query<{ place: string; month: string }[]>(
    `SELECT place, to_char(instant AT TIME ZONE $2, 'YYYY-MM') AS month
       FROM unnest($1::timestamptz[]) WITH ORDINALITY AS asked (instant, place)`,
    [instants.map(formatInstant), timeZone],
  );
  return new Map(rows.map(({ place, month }) => [instants[Number(place) - 1] as Instant, month]));
}
