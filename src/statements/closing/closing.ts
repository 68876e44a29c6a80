import type { EntityManager } from 'typeorm';
import { instantFromPostgres } from '../../platform/database/index.js';

/** What partners' modules have before the first closed month. */
export interface SettledElsewhere {
  readonly deployments: number;
  readonly grossRevenue: string;
}

/** A closed month, as answers contain it. */
export interface Closing {
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly closedAt: string;
  readonly digest: string;
  readonly previousDigest: string | null;
  readonly statements: number;
  readonly settledElsewhere: SettledElsewhere;
}

/** A row of `closings`, with what the next closing needs. */
export interface StoredClosing extends Closing {
  /** PostgreSQL's text of the end. */
  readonly endsAt: string;
  readonly run: number;
  /** The highest sequence of the ledger that it has seen. */
  readonly sequence: string;
  readonly minimumPayout: string;
}

const READ = `
  SELECT closing.month, closing.starts_at AS "startsAt", closing.ends_at AS "endsAt",
         closing.time_zone AS "timeZone", closing.closed_at AS "closedAt", closing.digest,
         closing.previous_digest AS "previousDigest", closing.statements, closing.run, coalesce(run.sequence, 0) AS sequence,
         trim_scale(closing.minimum_payout)::text AS "minimumPayout",
         closing.settled_deployments AS deployments, trim_scale(closing.settled_gross)::text AS "grossRevenue"
    FROM closings AS closing LEFT JOIN closing_runs AS run USING (run)`;

type Row = Omit<StoredClosing, 'from' | 'to' | 'settledElsewhere'> & {
  readonly startsAt: string;
  readonly deployments: string;
  readonly grossRevenue: string;
};

/** All closings, the first month first. */
export async function readClosings(manager: EntityManager): Promise<StoredClosing[]> {
  return (await manager.query<Row[]>(`${READ} ORDER BY closing.starts_at`)).map(closingOf);
}

/** The closing of a month; null if it is not closed. */
export async function readClosing(month: string, manager: EntityManager): Promise<StoredClosing | null> {
  const [row] = await manager.query<Row[]>(`${READ} WHERE closing.month = $1`, [month]);
  return row === undefined ? null : closingOf(row);
}

/** The last closing and the start of the first closed month; null if no month is closed. */
export async function readLastClosing(
  manager: EntityManager,
): Promise<{ readonly last: StoredClosing; readonly firstStart: string } | null> {
  const [row] = await manager.query<(Row & { firstStart: string })[]>(
    `SELECT stored.*, (SELECT min(starts_at) FROM closings) AS "firstStart"
       FROM (${READ} ORDER BY closing.starts_at DESC LIMIT 1) AS stored`,
  );
  return row === undefined ? null : { last: closingOf(row), firstStart: row.firstStart };
}

/** What callers see of a closing. */
export function publicClosing(stored: StoredClosing): Closing {
  const { month, from, to, timeZone, closedAt, digest, previousDigest, statements, settledElsewhere } =
    stored;
  return { month, from, to, timeZone, closedAt, digest, previousDigest, statements, settledElsewhere };
}

function closingOf({ startsAt, deployments, grossRevenue, ...row }: Row): StoredClosing {
  return {
    ...row,
    from: instantFromPostgres(startsAt),
    to: instantFromPostgres(row.endsAt),
    closedAt: instantFromPostgres(row.closedAt),
    settledElsewhere: { deployments: Number(deployments), grossRevenue },
  };
}
