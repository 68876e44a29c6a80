import type { EntityManager } from 'typeorm';
import { copyRows, type CopyRow } from '../../platform/database/index.js';
import type { ExpectedBalance } from './expected-balance.js';
import { figureFromNumeric, formatFigure } from './figure.js';

/** Users per query. */
const USERS_PER_PAGE = 1_000;

const CREATE = `
  CREATE TEMP TABLE expected_balances (
    line      bigint NOT NULL,
    user_id   text COLLATE "C" NOT NULL,
    free      numeric NOT NULL,
    purchased numeric NOT NULL,
    unpaid    numeric NOT NULL
  )
`;
const COLUMNS = ['line', 'user_id', 'free', 'purchased', 'unpaid'];

const DELETE_REPEATED_LINES = `
  DELETE FROM expected_balances AS later
  USING (SELECT user_id, min(line) AS line FROM expected_balances GROUP BY user_id HAVING count(*) > 1) AS first
  WHERE later.user_id = first.user_id AND later.line > first.line
  RETURNING later.line, later.user_id AS "userId", first.line AS "firstLine"
`;

/** A line with the user of an earlier line. */
export interface RepeatedLine {
  readonly line: string;
  readonly userId: string;
  readonly firstLine: string;
}

/**
 * Stores the balances of a file in a temporary table of the connection, so that a file of any size can be compared with
 * the ledger.
 */
export class ExpectedBalances {
  private constructor(private readonly manager: EntityManager) {}

  static async open(manager: EntityManager): Promise<ExpectedBalances> {
    await manager.query(CREATE);
    return new ExpectedBalances(manager);
  }

  async add(balances: readonly (ExpectedBalance & { readonly line: number })[]): Promise<void> {
    await copyRows(this.manager, 'expected_balances', COLUMNS, balances.map(rowOf));
  }

  /** Must be called after the last line. Keeps the first line of each user and returns the others. */
  async seal(): Promise<RepeatedLine[]> {
    const [repeated] = await this.manager.query<[RepeatedLine[], number]>(DELETE_REPEATED_LINES);
    await this.manager.query('CREATE UNIQUE INDEX ON expected_balances (user_id)');
    await this.manager.query('ANALYZE expected_balances');
    return repeated;
  }

  async of(userIds: readonly string[]): Promise<Map<string, ExpectedBalance>> {
    const rows = await this.manager.query<Record<keyof ExpectedBalance, string>[]>(
      'SELECT user_id AS "userId", free, purchased, unpaid FROM expected_balances WHERE user_id = ANY ($1)',
      [userIds],
    );
    return new Map(rows.map((row) => [row.userId, balanceOf(row)]));
  }

  /** Balances of users who are in the file and not in the ledger, in the bytewise order of their ids. */
  async *unknownUsers(): AsyncGenerator<ExpectedBalance> {
    for (let after = ''; ;) {
      const rows = await this.manager.query<Record<keyof ExpectedBalance, string>[]>(
        `SELECT user_id AS "userId", free, purchased, unpaid FROM expected_balances AS expected
         WHERE user_id > $1 AND NOT EXISTS (SELECT FROM credit_accounts WHERE user_id = expected.user_id)
         ORDER BY user_id LIMIT ${USERS_PER_PAGE}`,
        [after],
      );
      for (const row of rows) yield balanceOf(row);
      if (rows.length < USERS_PER_PAGE) return;
      after = rows.at(-1)?.userId as string;
    }
  }

  async close(): Promise<void> {
    await this.manager.query('DROP TABLE expected_balances');
  }
}

function rowOf({
  line,
  userId,
  free,
  purchased,
  unpaid,
}: ExpectedBalance & { readonly line: number }): CopyRow {
  return [String(line), userId, formatFigure(free), formatFigure(purchased), formatFigure(unpaid)];
}

function balanceOf({
  userId,
  free,
  purchased,
  unpaid,
}: Readonly<Record<keyof ExpectedBalance, string>>): ExpectedBalance {
  return {
    userId,
    free: figureFromNumeric(free),
    purchased: figureFromNumeric(purchased),
    unpaid: figureFromNumeric(unpaid),
  };
}
