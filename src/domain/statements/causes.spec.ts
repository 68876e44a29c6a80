import {
  award,
  day,
  deployment,
  micros,
  purchase,
  purchaseReversal,
  refund,
  reversalRelease,
} from '../../../test/support/ledger-builders.js';
import { formatDecimal } from '../decimal.js';
import type { Entry } from '../ledger/entry.js';
import { adjustmentOf } from './adjustment.js';
import { grossChanges, type RecordedEntry } from './causes.js';

/** Entries in the order of recording. */
const recorded = (...entries: Entry[]): RecordedEntry[] =>
  entries.map((entry, index) => ({ sequence: BigInt(index + 1), entry }));

/** `award a -1.2` for each part, after the gross at the closing. */
function story(history: readonly RecordedEntry[], closingSequence: bigint, id: string): string[] {
  const change = grossChanges(history, closingSequence, [id]).get(id);
  return [
    formatDecimal(change?.atClosing ?? 0n),
    ...(change?.parts ?? []).map(
      ({ recorded: { entry }, part }) => `${entry.type} ${entry.id} ${formatDecimal(part)}`,
    ),
    formatDecimal(change?.now ?? 0n),
  ];
}

describe('causes', () => {
  const bought = purchase('p', { credits: micros('20'), amount: micros('5'), occurredAt: day(1) });
  const deployed = deployment('d', { credits: micros('12'), occurredAt: day(10) });

  it('are the entries that came later, each with its part', () => {
    const gift = award('a', { credits: micros('5'), occurredAt: day(5) });
    const back = refund('r', 'd', { credits: micros('4'), occurredAt: day(40) });
    // 12 of 20 for 5 are 3; with 5 free ones 7 are 1.75; the refund takes the purchased ones back first.
    expect(story(recorded(bought, deployed, gift, back), 2n, 'd')).toEqual([
      '3',
      'award a -1.25',
      'refund r -1',
      '0.75',
    ]);
  });

  it('follow the order of recording, not that of the events', () => {
    const early = award('early', { credits: micros('12'), occurredAt: day(2) });
    const earlier = award('earlier', { credits: micros('12'), occurredAt: day(1) });
    expect(story(recorded(bought, deployed, early, earlier), 2n, 'd')).toEqual(['3', 'award early -3', '0']);
  });

  it('are no entries of other deployments or of later months', () => {
    const later = deployment('later', { credits: micros('4'), occurredAt: day(50) });
    const gift = award('a', { credits: micros('50'), occurredAt: day(45) });
    expect(story(recorded(bought, deployed, later, gift), 2n, 'd')).toEqual(['3', '3']);
  });

  it('explain a deployment that was recorded after the closing', () => {
    expect(story(recorded(bought, deployed), 1n, 'd')).toEqual(['0', 'deployment d 3', '3']);
  });

  it('see a debt that is settled after the closing', () => {
    const pays = purchase('q', { credits: micros('12'), amount: micros('6'), occurredAt: day(60) });
    expect(story(recorded(deployed, pays), 1n, 'd')).toEqual(['0', 'purchase q 6', '6']);
  });

  it('are reversals of purchases and their releases', () => {
    const reversed = purchaseReversal('rev', 'p', { occurredAt: day(40) });
    const released = reversalRelease('rel', 'rev', { occurredAt: day(50) });
    expect(story(recorded(bought, deployed, reversed, released), 2n, 'd')).toEqual([
      '3',
      'purchaseReversal rev -3',
      'reversalRelease rel 3',
      '3',
    ]);
  });

  it('are applied one by one until an entry comes late', () => {
    const charges = [50, 51, 52, 53].map((on) =>
      deployment(`c${on}`, { credits: micros('1'), occurredAt: day(on) }),
    );
    const late = award('late', { credits: micros('2'), occurredAt: day(9) });
    const history = recorded(bought, deployed, ...charges.slice(0, 2), late, ...charges.slice(2));
    expect(story(history, 2n, 'd')).toEqual(['3', 'award late -0.5', '2.5']);
    expect(story(history, 2n, 'c51')).toEqual(['0', 'deployment c51 0.25', '0.25']);
  });
});

describe('an adjustment', () => {
  const parts = [{ recorded: recorded(award('a'))[0] as RecordedEntry, part: -2n }];

  it('adds up: the parts of entries, and a correction where a rule was mended', () => {
    expect(adjustmentOf(10n, 8n, { parts })).toMatchObject({ difference: -2n, correction: 0n });
    expect(adjustmentOf(10n, 11n, { parts })).toMatchObject({ difference: 1n, correction: 3n });
  });

  it('is none where the gross is what was stated', () => {
    expect(adjustmentOf(10n, 10n, { parts })).toBeNull();
  });
});
