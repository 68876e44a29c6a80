import { createReadStream } from 'node:fs';
import { Client } from 'pg';
import { formatRevenue, microsFromNumeric, parseRevenueShare, revenueOf } from '../../src/domain/index.js';
import {
  importBytes,
  isPerson,
  JOURNEY_FILE,
  linesAsStream,
  readJourneyLines,
  shuffled,
} from '../support/complete-journey.js';
import { startTestService, type TestService } from '../support/service.js';
import { storedState } from '../support/stored-state.js';

/** Lines of households whose number ends with 0 or 5: importing all again would cost as much as the first import. */
const IN_SAMPLE = /"userId":"[^"]*[05]"/;

/** Half a minute on an idle machine; more on a busy one. */
const PATIENCE_MS = 600_000;

describe('a year of real receipts', () => {
  it(
    'imports without refusals, and gives the expected figures',
    async () => {
      await withService(async (service) => {
        expect(await importBytes(service, createReadStream(JOURNEY_FILE))).toEqual(
          expect.objectContaining({ lines: 155_193, added: 155_193, known: 0, changed: 0, refused: 0 }),
        );
        expect(await figuresOf(service)).toEqual({
          deployments: '75000',
          revenueGenerating: '71945',
          gross: '222998.903353',
          revenue: '66898.2700059',
          free: '125776.600000',
          purchased: '2615384.900000',
          unpaid: '0.000000',
        });
      });
    },
    PATIENCE_MS,
  );

  it(
    'gives the same for a fifth of the households imported again, and shuffled over several imports',
    async () => {
      const lines = readJourneyLines().filter((line) => isPerson(line) || IN_SAMPLE.test(line));
      const asItComes = await withService(async (service) => {
        await importBytes(service, linesAsStream(lines));
        const state = await storedState(service.database);
        expect(await importBytes(service, linesAsStream(lines))).toMatchObject({
          added: 0,
          known: lines.length,
        });
        expect(await storedState(service.database)).toEqual(state);
        return state;
      });
      await withService(async (service) => {
        const mixed = shuffled(lines, 1);
        const third = Math.ceil(mixed.length / 3);
        const isFirst = (line: string, index: number): boolean => isPerson(line) || index < third;
        const later = mixed.filter((line, index) => !isFirst(line, index));
        const parts = [mixed.filter(isFirst), later.slice(0, third), later.slice(third)];
        for (const part of parts) {
          expect(await importBytes(service, linesAsStream(part))).toMatchObject({
            lines: part.length,
            added: part.length,
            refused: 0,
          });
        }
        expect(await storedState(service.database)).toEqual(asItComes);
      });
    },
    PATIENCE_MS,
  );
});

async function withService<T>(work: (service: TestService) => Promise<T>): Promise<T> {
  const service = await startTestService();
  try {
    return await work(service);
  } finally {
    await service.close();
  }
}

async function figuresOf({ database }: TestService): Promise<Record<string, string>> {
  const client = new Client({ connectionString: database.serviceUrl });
  await client.connect();
  const { rows } = await client.query<Record<string, string>>(`
    SELECT count(*) AS deployments, count(*) FILTER (WHERE gross_revenue > 0) AS "revenueGenerating",
           trim_scale(sum(gross_revenue)) AS gross, sum(shared_gross) AS revenue, sum(free_credits) AS free,
           sum(purchased_credits) AS purchased, sum(unpaid_credits) AS unpaid
    FROM deployment_revenue`);
  await client.end();
  const figures = rows[0] ?? {};
  const share = parseRevenueShare('30') ?? 0n;
  return { ...figures, revenue: formatRevenue(revenueOf(microsFromNumeric(figures.revenue ?? ''), share)) };
}
