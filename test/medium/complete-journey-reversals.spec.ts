import {
  figuresOf,
  formatDecimal,
  formatInstant,
  judgeAndFold,
  type Entry,
  type JudgedEntry,
  type Purchase,
} from '../../src/domain/index.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import {
  importBytes,
  isPerson,
  linesAsStream,
  readJourneyLines,
  shuffled,
} from '../support/complete-journey.js';
import { readImportFile } from '../support/ledger-ndjson.js';
import { startTestService, type TestService } from '../support/service.js';
import { storedState } from '../support/stored-state.js';

const DAY = 86_400_000_000n;
const LARGEST = 100;
/** Longer than on an idle machine. */
const PATIENCE_MS = 600_000;

const LINES = readJourneyLines();
const JOURNEY = readImportFile(LINES.join('\n'), new Map());
const PARTNERS = new Map(JOURNEY.modules.map(({ id, partnerId }) => [id, partnerId]));
const HISTORIES = new Map<string, Entry[]>();
for (const { userId, entry } of JOURNEY.facts) {
  const history = HISTORIES.get(userId);
  if (history === undefined) HISTORIES.set(userId, [entry]);
  else history.push(entry);
}

/** The purchases with the largest amounts, ties by id. */
const TAKEN_BACK = JOURNEY.facts
  .filter((fact): fact is { userId: string; entry: Purchase } => fact.entry.type === 'purchase')
  .toSorted((left, right) =>
    left.entry.amount === right.entry.amount
      ? Number(left.entry.id > right.entry.id) - 0.5
      : Number(right.entry.amount - left.entry.amount),
  )
  .slice(0, LARGEST);

/** Each purchase is taken back 30 days after it: the first, third, ... in whole, the others by half their credits. */
const REVERSALS = TAKEN_BACK.map(({ userId, entry }, index) => ({
  userId,
  entry: {
    type: 'purchaseReversal',
    id: `back-${entry.id}`,
    purchaseId: entry.id,
    credits: index % 2 === 0 ? null : entry.credits / 2n,
    cause: 'chargeback',
    occurredAt: entry.occurredAt + 30n * DAY,
  } as const,
}));

/** Every second reversal comes back after another 30 days. */
const RELEASES = REVERSALS.filter((_, index) => index % 2 === 1).map(({ userId, entry }) => ({
  userId,
  entry: {
    type: 'reversalRelease',
    id: `won-${entry.id}`,
    reversalId: entry.id,
    occurredAt: entry.occurredAt + 30n * DAY,
  } as const,
}));

type Judged = readonly { readonly userId: string; readonly entry: JudgedEntry }[];

/** Figures of all households, and of each deployment, by the fold alone. */
function figuresWith(judged: Judged): { sums: object; deployments: Map<string, string> } {
  const deployments = new Map<string, string>();
  let [gross, unpaid, reversed] = [0n, 0n, 0n];
  for (const [userId, facts] of HISTORIES) {
    const own = judged.filter((one) => one.userId === userId).map(({ entry }) => entry);
    const { account, refused } = judgeAndFold(facts, own);
    expect(refused).toEqual([]);
    for (const lot of account.lots.values()) reversed += lot.reversedValue;
    for (const spend of account.spends.values()) {
      const { freeCredits, purchasedCredits, grossValue } = figuresOf(spend);
      gross += grossValue;
      unpaid += spend.unpaidCredits;
      deployments.set(spend.id, [freeCredits, purchasedCredits, spend.unpaidCredits, grossValue].join(' '));
    }
  }
  const sums = {
    gross: formatDecimal(gross),
    unpaid: formatDecimal(unpaid),
    reversed: formatDecimal(reversed),
  };
  return { sums, deployments };
}

const MODULE_OF = new Map(
  JOURNEY.facts.flatMap(({ entry }) => (entry.type === 'deployment' ? [[entry.id, entry.moduleId]] : [])),
);

function changesBetween(before: Map<string, string>, after: Map<string, string>): object {
  const changed = [...after].filter(([id, figures]) => before.get(id) !== figures).map(([id]) => id);
  const partners = new Set(changed.map((id) => PARTNERS.get(MODULE_OF.get(id) ?? '') ?? 'the platform'));
  partners.delete('the platform');
  return { deployments: changed.length, partners: partners.size };
}

function lineOf({ entry }: Judged[number]): string {
  const { type, id, occurredAt } = entry;
  const facts = { type, externalId: id, occurredAt: formatInstant(occurredAt) };
  if (entry.type === 'reversalRelease')
    return JSON.stringify({ ...facts, reversalExternalId: entry.reversalId });
  if (entry.type !== 'purchaseReversal') throw new Error(`no reversal: ${type}`);
  const credits = entry.credits === null ? undefined : formatDecimal(entry.credits);
  return JSON.stringify({ ...facts, purchaseExternalId: entry.purchaseId, credits, reason: entry.cause });
}

describe('a year of real receipts, of which the 100 largest purchases are taken back', () => {
  const before = figuresWith([]);
  const reversed = figuresWith(REVERSALS);
  const released = figuresWith([...REVERSALS, ...RELEASES]);

  it('has these figures', () => {
    const told = {
      before: before.sums,
      reversed: { ...reversed.sums, ...changesBetween(before.deployments, reversed.deployments) },
      released: { ...released.sums, ...changesBetween(before.deployments, released.deployments) },
    };
    expect(told).toEqual({
      before: { gross: '222998.903353', unpaid: '0', reversed: '0' },
      reversed: {
        gross: '219388.692028',
        unpaid: '37558.05',
        reversed: '4231.110004',
        deployments: 2056,
        partners: 535,
      },
      released: {
        gross: '220466.786488',
        unpaid: '26459.2',
        reversed: '2826.62',
        deployments: 1270,
        partners: 388,
      },
    });
  });

  it(
    'is the same in the service: as it comes, shuffled over imports, and rebuilt',
    async () => {
      const lines = linesOfHouseholds(new Set(TAKEN_BACK.map(({ userId }) => userId)));
      const reversals = REVERSALS.map(lineOf);
      const releases = RELEASES.map(lineOf);
      const asItComes = await stateAfter([[...lines, ...reversals], releases]);
      const mixed = shuffled([...lines.filter((line) => !isPerson(line)), ...reversals], 7);
      const third = Math.ceil(mixed.length / 3);
      // Lines that undo others need them by then, as they would if they were told one by one.
      const isLater = (line: string): boolean => line.includes('"purchaseReversal"');
      const facts = mixed.filter((line) => !isLater(line));
      const parts = [
        [...shuffled(lines.filter(isPerson), 1), ...facts.slice(0, third)],
        facts.slice(third),
        shuffled(reversals, 3).slice(0, 60),
        shuffled(reversals, 3).slice(60),
        shuffled(releases, 5),
      ];
      expect(await stateAfter(parts, true)).toEqual(asItComes);
    },
    PATIENCE_MS,
  );
});

/** The lines of these households, with the modules that they deployed and the partners of these. */
function linesOfHouseholds(households: ReadonlySet<string>): string[] {
  const isOfThem = (line: string): boolean => households.has(fieldOf(line, 'userId'));
  const own = LINES.filter((line) => !isPerson(line) && isOfThem(line));
  const modules = new Set(own.map((line) => fieldOf(line, 'moduleId')));
  const partners = new Set([...modules].map((id) => PARTNERS.get(id)));
  const isNeeded = (line: string): boolean => {
    const id = fieldOf(line, 'id');
    return line.includes('"type":"module"') ? modules.has(id) : households.has(id) || partners.has(id);
  };
  return [...LINES.filter((line) => isPerson(line) && isNeeded(line)), ...own];
}

function fieldOf(line: string, field: string): string {
  return (JSON.parse(line) as Record<string, string>)[field] ?? '';
}

async function stateAfter(imports: readonly (readonly string[])[], isRebuilt = false): Promise<unknown> {
  const service: TestService = await startTestService();
  try {
    for (const lines of imports) {
      expect(await importBytes(service, linesAsStream(lines))).toMatchObject({ refused: 0 });
    }
    const revenue = service.app.get(RevenueService, { strict: false });
    if (isRebuilt) await revenue.rebuild();
    expect(isClean(await revenue.verify())).toBe(true);
    return await storedState(service.database);
  } finally {
    await service.close();
  }
}
