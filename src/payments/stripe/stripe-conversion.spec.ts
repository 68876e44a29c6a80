import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StripeConversion, type KnownPurchase, type StripeConversionResult } from './stripe-conversion.js';
import { microsOfMinorUnits } from './stripe-money.js';
import type { StripeOptions } from './stripe-purchase.js';

const EVENTS = readFileSync(join(__dirname, '../../../test/data/stripe/events.ndjson'), 'utf8')
  .trimEnd()
  .split('\n');
const OPTIONS: StripeOptions = {
  purchases: 'sessions',
  currency: 'USD',
  userKey: 'userId',
  creditsKey: 'credits',
};

function converted(
  lines: readonly string[],
  options: Partial<StripeOptions> = {},
  recorded: ReadonlyMap<string, KnownPurchase> = new Map(),
): StripeConversionResult {
  const conversion = new StripeConversion({ ...OPTIONS, ...options });
  for (const [index, line] of lines.entries()) conversion.add(index + 1, line);
  return conversion.finish(recorded);
}

/** The event of a line of the file with another id and other fields of its object. */
function variant(line: number, id: string, fields: object, event: object = {}): string {
  const original = JSON.parse(EVENTS[line - 1] as string) as { data: { object: object } };
  const data = { ...original.data, object: { ...original.data.object, ...fields } };
  return JSON.stringify({ ...original, id, data, ...event });
}

const A = { purchaseExternalId: 'pi_A' };
const B = { purchaseExternalId: 'pi_B' };
const LINES = [
  { type: 'purchase', externalId: 'pi_A', userId: 'usr_42', credits: '100', amount: '10', tax: '1.9' },
  { type: 'purchase', externalId: 'pi_B', userId: 'usr_7', credits: '300', amount: '30', tax: '0' },
  // 10 of 30, then 7 of 30, then the rest, whatever it is.
  { type: 'purchaseReversal', externalId: 'ch_B:refund:1000', ...B, credits: '100', reason: 'other' },
  { type: 'purchaseReversal', externalId: 'ch_B:refund:1700', ...B, credits: '70', reason: 'other' },
  { type: 'purchaseReversal', externalId: 'ch_B:refund:3000', ...B, reason: 'other' },
  { type: 'purchaseReversal', externalId: 'du_A', ...A, reason: 'fraud' },
  { type: 'reversalRelease', externalId: 'du_A:reinstated', reversalExternalId: 'du_A' },
];

describe('the conversion of Stripe’s events', () => {
  const result = converted(EVENTS);
  const withoutTimes = ({ lines }: StripeConversionResult): unknown[] =>
    lines.map((line) => Object.fromEntries(Object.entries(line).filter(([key]) => key !== 'occurredAt')));

  it('gives purchases, reversals and releases, in the order of their times', () => {
    expect(withoutTimes(result)).toEqual(LINES);
    expect(result.lines.map(({ occurredAt }) => occurredAt)).toEqual([
      '2026-05-01T09:00:00Z',
      '2026-05-02T09:00:00Z',
      '2026-05-02T10:00:00Z',
      '2026-05-02T11:23:20Z',
      '2026-05-02T12:30:00Z',
      '2026-05-03T16:33:21Z',
      '2026-05-11T19:00:00Z',
    ]);
  });

  it('lists what it does not convert, and what it does not know', () => {
    expect(result.unconverted.map(({ line, reason }) => [line, reason.split(/[,;]/)[0]])).toEqual([
      [11, 'its currency is "eur"'],
      [12, 'metadata.userId is not the id of a user'],
      [13, 'payment_status is "no_payment_required"'],
      [14, 'the purchase pi_X is neither in this file nor recorded'],
    ]);
    expect([...result.otherTypes]).toEqual([
      ['payment_intent.succeeded', 1],
      ['charge.dispute.created', 1],
      ['customer.created', 1],
    ]);
    expect(converted(['nonsense', '{"object":"charge"}', '[]']).unconverted).toHaveLength(3);
  });

  it('ends the same with events repeated and in any order', () => {
    const backwards = [...EVENTS, ...EVENTS].reverse();
    expect(converted(backwards).lines).toEqual(result.lines);
    expect(converted(backwards).unconverted).toHaveLength(4);
    const sentAgain = [...EVENTS, variant(9, 'evt_9999', {}, { created: 1_999_999_999 })];
    expect(converted(sentAgain).lines).toEqual(result.lines);
  });

  it('continues with the purchases of an earlier file', () => {
    const recorded = new Map([
      ['pi_A', { credits: 100_000_000n, total: 11_900_000n }],
      ['pi_B', { credits: 300_000_000n, total: 30_000_000n }],
    ]);
    const later = EVENTS.slice(4, 10);
    expect(withoutTimes(converted(later, {}, recorded))).toEqual(LINES.slice(2));
    expect(converted(later).lines).toMatchObject([{ type: 'reversalRelease' }]);
  });

  it('reads what was refunded before from the file, where an event does not tell it', () => {
    const untold = [4, 5, 6, 7].map((line) =>
      (EVENTS[line - 1] as string).replace(/,"previous_attributes":\{[^}]*\}/, ''),
    );
    expect(withoutTimes(converted(untold))).toEqual([LINES[1], ...LINES.slice(2, 5)]);
  });

  it('takes a part of a dispute, cut to six places', () => {
    const { lines } = converted([
      EVENTS[0] as string,
      variant(9, 'evt_1', { amount: 397, reason: 'general' }),
    ]);
    // 100 * 3.97 / 11.90 = 33.361344|5
    expect(lines[1]).toMatchObject({ credits: '33.361344', reason: 'chargeback' });
  });

  it('reads payment intents as purchases instead of sessions', () => {
    const metadata = { userId: 'usr_1', credits: '12.5' };
    const intent = variant(2, 'evt_1', { metadata, amount_details: { tax: { total_tax_amount: 90 } } });
    const { lines, otherTypes } = converted([...EVENTS.slice(0, 1), intent], { purchases: 'intents' });
    expect(lines).toEqual([
      {
        type: 'purchase',
        externalId: 'pi_A',
        userId: 'usr_1',
        credits: '12.5',
        amount: '11',
        tax: '0.9',
        occurredAt: '2026-05-01T09:00:00Z',
      },
    ]);
    expect([...otherTypes.keys()]).toEqual(['checkout.session.completed']);
  });

  it('reads other keys of the metadata, and objects that are expanded', () => {
    const metadata = { customer: 'usr_9', pack: '5' };
    const session = variant(1, 'evt_1', {
      metadata,
      payment_intent: { id: 'pi_E', object: 'payment_intent' },
    });
    const { lines } = converted([session], { userKey: 'customer', creditsKey: 'pack' });
    expect(lines).toMatchObject([{ externalId: 'pi_E', userId: 'usr_9', credits: '5' }]);
  });

  it.each([
    ['USD', 1050n, '10.5'],
    ['JPY', 500n, '500'],
    ['KWD', 5120n, '5.12'],
    ['MGA', 7n, '7'],
    // Two places at Stripe, although ISO 4217 has none.
    ['ISK', 500n, '5'],
    ['UGX', 500n, '5'],
    ['HUF', 1045n, '10.45'],
  ])('reads the smallest unit of %s', (currency, minor, amount) => {
    const [whole = '0', fraction = ''] = amount.split('.');
    expect(microsOfMinorUnits(Number(minor), currency)).toBe(BigInt(whole + fraction.padEnd(6, '0')));
    const session = variant(1, 'evt_1', {
      currency: currency.toLowerCase(),
      amount_total: Number(minor),
      total_details: { amount_tax: 0 },
    });
    expect(converted([session], { currency }).lines).toMatchObject([{ amount }]);
  });

  it.each([[-1], [1.5], ['100'], [null], [2 ** 53]])('refuses the amount %j', (amount) => {
    const { unconverted } = converted([variant(1, 'evt_1', { amount_total: amount })]);
    expect(unconverted).toMatchObject([{ line: 1, event: 'checkout.session.completed evt_1' }]);
  });
});
