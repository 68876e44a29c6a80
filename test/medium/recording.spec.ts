import fc from 'fast-check';
import { DataSource } from 'typeorm';
import type { Entry } from '../../src/domain/index.js';
import type { EntryCommand } from '../../src/credits/commands/entry-command.js';
import { entryRequest } from '../../src/credits/commands/entry-request.js';
import { EntryRecorder, type Recorded } from '../../src/credits/index.js';
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

  const record = async (userId: string, command: EntryCommand): Promise<Recorded> => {
    const request = entryRequest(command, userId, new Set());
    const runner = service.app.get(DataSource).createQueryRunner();
    const recorder = service.app.get(EntryRecorder, { strict: false });
    try {
      return await inTransaction(runner, () => recorder.record(request, runner.manager));
    } finally {
      await runner.release();
    }
  };

  it('stores the same from the stored state and from a full fold, in any order of arrival', async () => {
    const drawn = fc.sample(fc.tuple(histories, fc.noShrink(fc.infiniteStream(fc.nat()))), {
      numRuns: HISTORIES,
      seed: 7,
    });
    const tally = { added: 0, refused: 0 };
    const late = jest.spyOn(service.app.get(LateEntry, { strict: false }), 'record');
    for (const [n, [history, draws]] of drawn.entries()) {
      const entries = arrival([...history.facts, ...history.candidates], draws);
      for (const entry of entries) {
        const outcome = await record(`u${n}`, commandOf(entry, `u${n}`, `h${n}.`)).catch((error: unknown) => {
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

/** Half of the histories arrive in order, the others shuffled. */
function arrival(entries: Entry[], draws: fc.Stream<number>): Entry[] {
  const keys = [...draws.take(entries.length + 1)];
  const isOrdered = (keys.at(-1) ?? 0) % 2 === 0;
  const keyed = entries.map((entry, index) => ({ entry, key: keys[index] ?? 0 }));
  keyed.sort((left, right) =>
    isOrdered ? Number(left.entry.occurredAt - right.entry.occurredAt) : left.key - right.key,
  );
  return keyed.map(({ entry }) => entry);
}

const NOTHING_TOLD = { fee: null, tax: null, originalAmount: null, originalCurrency: null };

/** The line of a generated entry, with ids that are unique among all histories. */
function commandOf(entry: Entry, userId: string, prefix: string): EntryCommand {
  const id = prefix + entry.id;
  switch (entry.type) {
    case 'award':
      return { ...entry, id, userId, reason: null };
    case 'purchase':
      return { ...entry, ...NOTHING_TOLD, id, userId };
    case 'spend':
      return { ...entry, id, userId };
    case 'deployment':
      return { ...entry, id, userId, moduleId: entry.pool === 'purchased' ? 'purchased' : 'any' };
    case 'refund':
      return { ...entry, id, refundedId: prefix + entry.deploymentId, reason: null };
    case 'purchaseRefund':
      return { ...entry, id, refundedId: prefix + entry.purchaseId, reason: null };
    case 'purchaseReversal':
      return { ...entry, id, refundedId: prefix + entry.purchaseId };
    case 'reversalRelease':
      return { ...entry, id, refundedId: prefix + entry.reversalId };
  }
}
