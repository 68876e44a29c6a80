import { DataSource } from 'typeorm';
import { formatRevenue, microsFromNumeric, revenueFromNumeric } from '../../src/domain/index.js';
import { Closings, PayoutLists, StatementsVerify } from '../../src/statements/index.js';
import {
  importBytes,
  isPerson,
  linesAsStream,
  readJourneyLines,
  shuffled,
} from '../support/complete-journey.js';
import { parseCsv } from '../support/csv.js';
import { send, type Answer } from '../support/http-client.js';
import { startTestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';
import { rounds } from './rounds.js';

/** 1: all households; otherwise those whose number ends with 77. */
const IS_WHOLE = rounds(0, 1) === 1;
const PARTS = IS_WHOLE ? 10 : 4;
const IN_SAMPLE = /"userId":"[^"]*77"/;
const PATIENCE_MS = IS_WHOLE ? 3_600_000 : 240_000;
const MONTHS = Array.from({ length: 12 }, (_, index) => `2017-${String(index + 1).padStart(2, '0')}`);

const ATTEMPTS_MAX = 100;

/** The figures of the whole year over partners' modules, at a share of 30 %. */
const WHOLE = { gross: '222994.233353', revenue: '66898.2700059' };

describe('a year of real receipts, closed month by month while it arrives', () => {
  it(
    'states and adjusts exactly what the year has in the end',
    async () => {
      const service = await startTestService();
      try {
        const closings = service.app.get(Closings, { strict: false });
        const { entries, people } = split(readJourneyLines());
        await importBytes(service, linesAsStream(people));
        const perPart = Math.ceil(entries.length / PARTS);
        for (const [index, month] of MONTHS.entries()) {
          const part = entries.slice(index * perPart, (index + 1) * perPart);
          if (part.length > 0) {
            expect(await importBytes(service, linesAsStream(part))).toMatchObject({ refused: 0 });
          }
          await closings.close({ month, timeZone: 'America/New_York', settledElsewhere: index === 0 });
        }
        expect((await service.app.get(StatementsVerify, { strict: false }).run()).violations).toEqual([]);

        const [sums] = await service.app
          .get(DataSource)
          .query<Record<'gross' | 'revenue' | 'now' | 'open', string>[]>(
            `SELECT (SELECT sum(gross_revenue - coalesce(stated_gross, 0)) FROM statement_lines)::text AS gross,
                  (SELECT sum(revenue) FROM statement_lines)::text AS revenue,
                  (SELECT sum(gross_revenue) FROM deployment_revenue
                    WHERE has_partner AND deployed_at < (SELECT max(ends_at) FROM closings)
                      AND deployed_at >= (SELECT min(starts_at) FROM closings))::text AS now,
                  (SELECT coalesce(sum(gross_revenue), 0) FROM deployment_revenue
                    WHERE has_partner AND (deployed_at >= (SELECT max(ends_at) FROM closings)
                       OR deployed_at < (SELECT min(starts_at) FROM closings)))::text AS open`,
          );
        const amounts = Object.fromEntries(
          Object.entries(sums ?? {}).map(([name, value]) => [name, revenueFromNumeric(value)]),
        ) as Record<'gross' | 'revenue' | 'now' | 'open', bigint>;
        expect(formatRevenue(amounts.gross)).toBe(formatRevenue(amounts.now));
        expect(amounts.revenue * 10n).toBe(amounts.gross * 3n);
        if (IS_WHOLE) {
          const gross = amounts.gross + amounts.open;
          expect(formatRevenue(gross)).toBe(WHOLE.gross);
          expect(formatRevenue((gross * 3n) / 10n)).toBe(WHOLE.revenue);
        }
        await expectPayouts(amounts.revenue);
        await expectCsv(amounts.gross);
      } finally {
        await service.close();
      }

      async function expectPayouts(revenue: bigint): Promise<void> {
        const lists = service.app.get(PayoutLists, { strict: false });
        let paid = 0n;
        for (const month of MONTHS) {
          const { totals } = await lists.of(month);
          paid += revenueFromNumeric(totals.revenue) + revenueFromNumeric(totals.adjustments);
        }
        expect(formatRevenue(paid)).toBe(formatRevenue(revenue));
      }

      /** The gross of all lines of all statements, from their CSV. */
      async function expectCsv(gross: bigint): Promise<void> {
        const statements = await service.app
          .get(DataSource)
          .query<{ id: string }[]>('SELECT id FROM statements');
        let total = 0n;
        const token = tokenOf('cfo', ['finance']);
        for (const { id } of statements) {
          const address = `${service.url}/api/statements/${encodeURIComponent(id)}/lines?format=csv`;
          const answer = await fileAt(address, token);
          expect([id, answer.status]).toEqual([id, 200]);
          const [names = [], ...lines] = parseCsv(answer.text);
          const [grossAt, differenceAt] = [names.indexOf('grossRevenue'), names.indexOf('difference')];
          for (const cells of lines) {
            total += microsFromNumeric(cells[grossAt] || cells[differenceAt] || '0');
          }
        }
        expect(formatRevenue(total * 1_000_000n)).toBe(formatRevenue(gross));
      }
    },
    PATIENCE_MS,
  );
});

/** An export frees its place a moment after its last byte, so the next request can come too early. */
async function fileAt(address: string, token: string): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(address, { token });
    if (answer.status !== 429 || attempt === ATTEMPTS_MAX) return answer;
  }
}

function split(lines: readonly string[]): { readonly people: string[]; readonly entries: string[] } {
  const wanted = IS_WHOLE ? lines : lines.filter((line) => isPerson(line) || IN_SAMPLE.test(line));
  return {
    people: wanted.filter(isPerson),
    entries: shuffled(
      wanted.filter((line) => !isPerson(line)),
      1,
    ),
  };
}
