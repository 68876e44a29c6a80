import type { EntityManager } from 'typeorm';
import {
  FieldRefusal,
  figureFromNumeric,
  figureReader,
  formatFigure,
  id,
  readField,
  type BookLine,
  type FieldReader,
  type Figure,
  type FigureReading,
} from '../../credits/index.js';
import { copyRows } from '../../platform/database/index.js';

/** The columns of a file of partners' revenue by month; other columns are ignored. */
export const REVENUE_COLUMNS: readonly string[] = ['partnerId', 'month', 'gross'];

const ROWS_PER_PAGE = 1_000;

/** A partner's revenue in one month according to other books. */
export interface ExpectedRevenue {
  readonly partnerId: string;
  /** `2026-05`. */
  readonly month: string;
  readonly gross: Figure;
}

/** One line of a file of revenue: its values, or what is wrong with it. */
export type ExpectedRevenueLine = { readonly number: number } & (
  | { readonly expected: ExpectedRevenue }
  | { readonly complaint: string }
);

const month: FieldReader<string> = (value) => {
  if (typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return value;
  throw new FieldRefusal('must be a month such as 2026-05');
};

/** Reads the lines of a file of revenue: `partnerId`, `month` and `gross`. */
export async function* expectedRevenueOf(
  lines: AsyncIterable<BookLine>,
  reading: FigureReading,
): AsyncGenerator<ExpectedRevenueLine> {
  for await (const line of lines) yield 'complaint' in line ? line : revenueOf(line, reading);
}

function revenueOf(
  { number, record }: BookLine & { readonly record: Readonly<Record<string, unknown>> },
  reading: FigureReading,
): ExpectedRevenueLine {
  try {
    const partnerId = readField(record, 'partnerId', id);
    const inMonth = readField(record, 'month', month);
    return {
      number,
      expected: { partnerId, month: inMonth, gross: readField(record, 'gross', figureReader(reading)) },
    };
  } catch (error) {
    if (error instanceof FieldRefusal) return { number, complaint: error.message };
    throw error;
  }
}

/** A line with the partner and month of an earlier line. */
export interface RepeatedRevenueLine {
  readonly line: string;
  readonly partnerId: string;
  readonly month: string;
  readonly firstLine: string;
}

type StoredRevenue = Readonly<Record<keyof ExpectedRevenue, string>>;

/** Stores the revenue of a file in a temporary table of the connection, so that memory does not grow with the file. */
export class ExpectedRevenues {
  private constructor(private readonly manager: EntityManager) {}

  static async open(manager: EntityManager): Promise<ExpectedRevenues> {
    await manager.query(`
      CREATE TEMP TABLE expected_revenue (
        line       bigint NOT NULL,
        partner_id text COLLATE "C" NOT NULL,
        month      text COLLATE "C" NOT NULL,
        gross      numeric NOT NULL
      )`);
    return new ExpectedRevenues(manager);
  }

  async add(rows: readonly (ExpectedRevenue & { readonly line: number })[]): Promise<void> {
    const texts = rows.map(({ line, partnerId, month: inMonth, gross }) => [
      String(line),
      partnerId,
      inMonth,
      formatFigure(gross),
    ]);
    await copyRows(this.manager, 'expected_revenue', ['line', 'partner_id', 'month', 'gross'], texts);
  }

  /** Ends the reading. Of several lines for one partner and month the first one counts; the others are returned. */
  async seal(): Promise<RepeatedRevenueLine[]> {
    const [repeated] = await this.manager.query<[RepeatedRevenueLine[], number]>(`
      DELETE FROM expected_revenue AS later
      USING (SELECT partner_id, month, min(line) AS line FROM expected_revenue
              GROUP BY partner_id, month HAVING count(*) > 1) AS first
      WHERE later.partner_id = first.partner_id AND later.month = first.month AND later.line > first.line
      RETURNING later.line, later.partner_id AS "partnerId", later.month, first.line AS "firstLine"`);
    await this.manager.query('CREATE UNIQUE INDEX ON expected_revenue (month, partner_id)');
    await this.manager.query('ANALYZE expected_revenue');
    return repeated;
  }

  /** The file's figures of one month, by partner. */
  async of(inMonth: string): Promise<Map<string, Figure>> {
    const rows = await this.manager.query<StoredRevenue[]>(
      'SELECT partner_id AS "partnerId", month, gross FROM expected_revenue WHERE month = $1',
      [inMonth],
    );
    return new Map(rows.map(({ partnerId, gross }) => [partnerId, figureFromNumeric(gross)]));
  }

  /** The file's figures of months that are not in this list, by month and partner. */
  async *outside(months: readonly string[]): AsyncGenerator<ExpectedRevenue> {
    for (let after = ['', '']; ;) {
      const rows = await this.manager.query<StoredRevenue[]>(
        `SELECT partner_id AS "partnerId", month, gross FROM expected_revenue
          WHERE month <> ALL ($1::text[]) AND (month, partner_id) > ($2, $3)
          ORDER BY month, partner_id LIMIT ${ROWS_PER_PAGE}`,
        [months, ...after],
      );
      for (const { gross, ...row } of rows) yield { ...row, gross: figureFromNumeric(gross) };
      const last = rows.at(-1);
      if (last === undefined || rows.length < ROWS_PER_PAGE) return;
      after = [last.month, last.partnerId];
    }
  }

  /** Partners in the file that are not users of this service. */
  async unknownPartners(): Promise<Set<string>> {
    const rows = await this.manager.query<{ partnerId: string }[]>(`
      SELECT DISTINCT partner_id AS "partnerId" FROM expected_revenue AS expected
       WHERE NOT EXISTS (SELECT FROM users WHERE id = expected.partner_id)`);
    return new Set(rows.map(({ partnerId }) => partnerId));
  }

  async close(): Promise<void> {
    await this.manager.query('DROP TABLE expected_revenue');
  }
}
