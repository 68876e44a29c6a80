import { DataSource } from 'typeorm';
import { Closings, StatementsVerify } from '../../src/statements/index.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

const USERS = ['ann', 'bob', 'cem'];
const MODULES = ['maps', 'mail', 'core'];
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'];

const PLATFORM: readonly TestRecord[] = [
  { type: 'user', id: 'acme', roles: ['partner'] },
  { type: 'user', id: 'bolt', roles: ['partner'] },
  ...USERS.map((id) => ({ type: 'user', id, roles: ['user'] })),
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'acme', creditCost: '3' },
  { type: 'module', id: 'mail', name: 'Mail', partnerId: 'bolt', creditCost: '2' },
  { type: 'module', id: 'core', name: 'Core', partnerId: null, creditCost: '1' },
];

/** A small random generator with a seed, so that a failure repeats (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Awards, purchases, deployments and refunds of half a year, in random order. */
function history(seed: number, size: number): TestRecord[] {
  const random = randomOf(seed);
  const time = (): string => new Date(Date.UTC(2026, 0, 1) + random(180 * 86_400) * 1_000).toISOString();
  const entries = Array.from({ length: size }, (_, index): TestRecord => {
    const userId = USERS[random(USERS.length)] as string;
    const at = time();
    switch (random(4)) {
      case 0:
        return {
          type: 'award',
          externalId: `a${index}`,
          userId,
          credits: String(1 + random(5)),
          occurredAt: at,
        };
      case 1: {
        const [credits, amount] = [String(4 + random(9)), `${1 + random(9)}.${random(10)}`];
        return { type: 'purchase', externalId: `p${index}`, userId, credits, amount, occurredAt: at };
      }
      default:
        return { type: 'deployment', id: `d${index}`, userId, moduleId: MODULES[random(3)], createdAt: at };
    }
  });
  const refunds = entries
    .filter(({ type }) => type === 'deployment' && random(4) === 0)
    .map(({ id, createdAt }) => ({
      type: 'refund',
      externalId: `r-${String(id)}`,
      deploymentId: id,
      occurredAt: new Date(Date.parse(String(createdAt)) + random(60 * 86_400) * 1_000).toISOString(),
    }));
  const shuffled = [...entries].sort(() => random(3) - 1);
  return [...shuffled, ...refunds];
}

describe('entries that arrive in any order between and during closings', () => {
  let service: TestService;

  beforeEach(async () => {
    service = await startTestService();
    await importRecords(service.app, PLATFORM);
  });
  afterEach(() => service.close());

  const close = (month: string): ReturnType<Closings['close']> =>
    service.app.get(Closings, { strict: false }).close({ month });
  const expectClean = async (): Promise<void> => {
    const { violations } = await service.app.get(StatementsVerify, { strict: false }).run();
    expect(violations).toEqual([]);
  };

  it.each([1, 2, 3])('add up, whatever the seed: %d', async (seed) => {
    const records = history(seed, 90);
    const size = Math.ceil(records.length / (MONTHS.length + 1));
    for (const [index, month] of MONTHS.entries()) {
      await importRecords(service.app, records.slice(index * size, (index + 1) * size));
      await close(month);
      await expectClean();
    }
    await importRecords(service.app, records.slice(MONTHS.length * size));
    await close('2026-06');
    await expectClean();
    const [sums] = await service.app
      .get(DataSource)
      .query<{ stated: string; now: string; revenue: string; paid: string }[]>(
        `SELECT (SELECT sum(gross_revenue - coalesce(stated_gross, 0)) FROM statement_lines) AS stated,
              (SELECT sum(gross_revenue) FROM deployment_revenue WHERE has_partner) AS now,
              (SELECT sum(revenue + adjustments) FROM statements) AS revenue,
              (SELECT sum(payable) FROM statements)
                + (SELECT sum(carried) FROM statements AS last
                    WHERE no = (SELECT max(no) FROM statements WHERE partner_id = last.partner_id)) AS paid`,
      );
    expect(Number(sums?.now)).toBeGreaterThan(0);
    expect(sums?.stated).toBe(sums?.now);
    expect(sums?.paid).toBe(sums?.revenue);
  });

  it('lose no mark while closings run', async () => {
    const records = history(4, 240);
    const parts = Array.from({ length: 24 }, (_, index) => records.slice(index * 12, (index + 1) * 12));
    let isClosing = true;
    const telling = (async () => {
      for (const part of parts) {
        await importRecords(service.app, part);
        if (!isClosing) break;
      }
    })();
    for (const month of MONTHS) await close(month);
    isClosing = false;
    await telling;
    await importRecords(service.app, records);
    await expectClean();
    await close('2026-06');
    await expectClean();
  });
});
