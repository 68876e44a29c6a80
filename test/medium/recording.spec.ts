import fc from 'fast-check';
import { DataSource } from 'typeorm';
import type { Entry } from '../../src/domain/index.js';
import { EntryRecorder, type EntryLine, type EntryRequest, type Recorded } from '../../src/credits/index.js';
import { LateEntry } from '../../src/credits/commands/late-entry.js';
import { inTransaction } from '../../src/platform/database/index.js';
import { Problem } from '../../src/platform/problem/index.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { histories } from '../support/ledger-arbitraries.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

const HISTORIES = 40;
const PEOPLE = [
  { type: 'user', id: 'maker', roles: ['partner'] },
  { type: 'module', id: 'any', name: 'Any', partnerId: 'maker', creditCost: '1' },
  {
    type: 'module',
    id: 'purchased',
    name: 'Purchased',
    partnerId: null,
    creditCost: '1',
    requiresPurchasedCredits: true,
  },
];

describe('recording entries one by one', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    const users = Array.from({ length: HISTORIES }, (_, n) => ({
      type: 'user',
      id: `u${n}`,
      roles: ['user'],
    }));
    await importRecords(service.app, [...PEOPLE, ...users]);
  });
  afterAll(() => service.close());

  const record = (userId: string, line: EntryLine): Promise<Recorded> => {
    const request: EntryRequest = {
      userId,
      statedTime: 'createdAt' in line ? line.createdAt : line.occurredAt,
      lineAt: () => line,
      isCharge: false,
      expectedCost: null,
      callerIds: new Set(),
    };
    const runner = service.app.get(DataSource).createQueryRunner();
    const recorder = service.app.get(EntryRecorder, { strict: false });
    return inTransaction(runner, () => recorder.record(request, runner.manager)).finally(() =>
      runner.release(),
    );
  };

  it('stores the same from the stored state and from a fold of everything, in any order of arrival', async () => {
    const drawn = fc.sample(fc.tuple(histories, fc.noShrink(fc.infiniteStream(fc.nat()))), {
      numRuns: HISTORIES,
      seed: 7,
    });
    const tally = { added: 0, refused: 0 };
    const late = jest.spyOn(service.app.get(LateEntry, { strict: false }), 'record');
    for (const [n, [history, draws]] of drawn.entries()) {
      const entries = arrival([...history.facts, ...history.candidates], draws);
      for (const entry of entries) {
        const outcome = await record(`u${n}`, lineOf(entry, `u${n}`, `h${n}.`)).catch((error: unknown) => {
          if (error instanceof Problem) return null;
          throw error;
        });
        if (outcome === null) tally.refused += 1;
        else tally.added += 1;
      }
    }
    expect(late.mock.calls.length).toBeGreaterThan(100);
    expect(tally.added - late.mock.calls.length).toBeGreaterThan(100);
    expect(tally.refused).toBeGreaterThan(10);
    const verification = await service.app.get(RevenueService, { strict: false }).verify();
    expect(verification).toMatchObject({ differences: [], violations: [], entries: tally.added });
    expect(isClean(verification)).toBe(true);
  });
});

/** Half of the histories arrive in their order, the others shuffled. */
function arrival(entries: Entry[], draws: fc.Stream<number>): Entry[] {
  const keys = [...draws.take(entries.length + 1)];
  const isOrdered = (keys.at(-1) ?? 0) % 2 === 0;
  const keyed = entries.map((entry, index) => ({ entry, key: keys[index] ?? 0 }));
  keyed.sort((left, right) =>
    isOrdered ? Number(left.entry.occurredAt - right.entry.occurredAt) : left.key - right.key,
  );
  return keyed.map(({ entry }) => entry);
}

/** The line of a drawn entry, its ids made unique among all histories. */
function lineOf(entry: Entry, userId: string, prefix: string): EntryLine {
  const { occurredAt } = entry;
  const externalId = prefix + entry.id;
  switch (entry.type) {
    case 'award':
      return { ...entry, externalId, userId, reason: null };
    case 'purchase':
      return { ...entry, externalId, userId };
    case 'spend':
      return { ...entry, externalId, userId };
    case 'deployment': {
      const moduleId = entry.pool === 'purchased' ? 'purchased' : 'any';
      return {
        type: 'deployment',
        id: externalId,
        userId,
        moduleId,
        creditCost: entry.credits,
        createdAt: occurredAt,
      };
    }
    case 'refund':
      return { ...entry, externalId, deploymentId: prefix + entry.deploymentId, reason: null };
    case 'purchaseRefund':
      return { ...entry, externalId, purchaseExternalId: prefix + entry.purchaseId, reason: null };
  }
}
