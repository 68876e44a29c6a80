import { parseInstant, shareTimeline, statedSteps, type Instant } from '../../src/domain/index.js';
import { Snapshots } from '../../src/platform/database/index.js';
import { pagedReport } from '../../src/revenue/report/page-cursor.js';
import { reportQuery, type StoredReport } from '../../src/revenue/report/report-query.js';
import { sumsFromList } from '../../src/revenue/report/report-totals.js';
import { slowRevenue } from '../reference/slow-revenue.js';
import { importRecords } from '../support/lines.js';
import { picos, type Row } from '../support/revenue-client.js';
import { EVERYTHING } from '../support/revenue-filters.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

const at = (text: string): Instant => parseInstant(text) as Instant;
const SHARES = shareTimeline([
  { from: null, share: 300_000n },
  { from: at('2026-02-01T23:00:00Z'), share: 125_000n },
  { from: at('2026-03-08T05:00:00Z'), share: 1_000_000n },
]);
const STEPS = statedSteps(SHARES);

/** The factor of a row and that of a piece, as the statement finds them. */
const ROW_FACTOR =
  /(\(\$\d+::numeric\[\]\))\[(width_bucket\(revenue\.deployed_at, \$\d+::timestamptz\[\]\)) \+ 1\]/g;
const PIECE_FACTOR = /(\(\$\d+::numeric\[\]\))\[(\(\$\d+::int\[\]\))\[part\.period \+ 1\]\]/g;

/**
 * One change of the statement in every place where PostgreSQL multiplies by a share, and what it must falsify. Every
 * parameter stays in use, because PostgreSQL refuses others.
 */
const MISTAKES: Readonly<Record<string, readonly [replace: RegExp, by: string, falsifies: string]>> = {
  'rows with the share of the step before': [ROW_FACTOR, '$1[greatest($2, 1)]', 'rows'],
  'rows with the first share': [ROW_FACTOR, '$1[1 + 0 * $2]', 'rows'],
  'rows that forget to multiply': [ROW_FACTOR, '(1 + 0 * $1[$2 + 1])', 'rows'],
  'sums with the first share': [PIECE_FACTOR, '$1[1 + 0 * $2[part.period + 1]]', 'sums'],
  'sums with the share of the piece before': [PIECE_FACTOR, '$1[$2[greatest(part.period, 1)]]', 'sums'],
  'sums that forget to multiply': [PIECE_FACTOR, '(1 + 0 * $1[$2[part.period + 1]])', 'sums'],
  'an order by gross': [
    /ORDER BY revenue\.shared_gross \* [^,]*, [^,]*/g,
    'ORDER BY revenue.shared_gross DESC',
    'order',
  ],
};

describe('a mistake planted where PostgreSQL multiplies by the share', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  /** Which of rows, sums and order the slow second version refutes. */
  const falsified = (change: (text: string) => string): Promise<string[]> =>
    service.app.get(Snapshots).read(async ({ client }) => {
      const wanted = {
        filter: { ...EVERYTHING, includeFree: false },
        order: { sort: 'revenue', order: 'desc' },
        viewer: { kind: 'everybody' },
      } as const;
      const { text, values } = reportQuery(pagedReport(wanted, SHARES), null, 500);
      const { rows } = await client.query<StoredReport>(change(text), [...values]);
      const [stored] = rows as [StoredReport];
      const data = JSON.parse(`[${stored.rows ?? ''}]`) as Row[];
      const expected = data.map((row) => slowRevenue(row, STEPS));
      const sum = expected.reduce((total, revenue) => total + revenue, 0n);
      const isSorted = expected.every(
        (revenue, index) => index === 0 || revenue <= (expected[index - 1] as bigint),
      );
      return [
        ...(data.some((row, index) => picos(row.revenue) !== expected[index]) ? ['rows'] : []),
        ...(picos(sumsFromList(stored.sums).revenue) === sum ? [] : ['sums']),
        ...(isSorted ? [] : ['order']),
      ];
    });

  it('is needed: the statement without one is right', async () => {
    expect(await falsified((text) => text)).toEqual([]);
  });

  it.each(Object.entries(MISTAKES))('%s', async (_name, [replace, by, part]) => {
    const change = (text: string): string => {
      const changed = text.replace(replace, by);
      if (changed === text) throw new Error('The statement no longer contains this text.');
      return changed;
    };
    expect(await falsified(change)).toContain(part);
  });
});
