import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EntryType } from '../../src/domain/index.js';
import { cutToSixPlaces } from '../reference/exact-fraction.js';
import { slowCompare, type Placed } from '../reference/slow-order.js';
import type { DomainProperty } from './ledger-properties.js';

const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const LARGEST = 999_999_999_999_999_999n;
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

const inputDecimals = fc.bigInt(0n, LARGEST);
const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((numbers) => numbers.join(''));
const shares = fc.oneof(
  fc.bigInt(0n, 1_000_000n),
  fc.bigInt(0n, 100n).map((percent) => percent * 10_000n),
);
const milliseconds = fc.integer({ min: FIRST_MS, max: LAST_MS });
const microsInMs = fc.bigInt(0n, 999n);
const offsetMinutes = fc.integer({ min: -1_439, max: 1_439 });
const places = fc.record<Placed>({
  occurredAt: fc.bigInt(0n, 2n),
  type: fc.constantFrom<EntryType | 'expiry'>(
    'purchaseRefund',
    'refund',
    'spend',
    'deployment',
    'purchase',
    'award',
    'expiry',
  ),
  id: fc.stringMatching(/^[A-Ba-b9][A-Ba-b.:@|+=~_-]{0,2}$/),
});
/** Few different values, so that three of them often differ only in the id. */
const crowdedPlaces = fc.record<Placed>({
  occurredAt: fc.bigInt(0n, 1n),
  type: fc.constantFrom('award', 'purchase'),
  id: fc.constantFrom('9', '10', '1a', 'a', 'B'),
});

/** Properties of every decimal, instant, share and position in the order. */
export const VALUE_PROPERTIES = {
  'reads a decimal back from its canonical text': (domain) =>
    fc.property(inputDecimals, (micros) => {
      const text = domain.formatDecimal(micros);
      assert.match(text, CANONICAL);
      assert.equal(domain.parseDecimal(text), micros);
    }),

  'reads the digits of a decimal at their places': (domain) =>
    fc.property(fc.bigInt(0n, 999_999_999_999n), digits(1, 6), (whole, fraction) => {
      const byPlace = [...fraction].map((digit, place) => BigInt(digit) * 10n ** BigInt(5 - place));
      const expected = byPlace.reduce((sum, part) => sum + part, whole * 1_000_000n);
      assert.equal(domain.parseDecimal(`${whole}.${fraction}`), expected);
    }),

  'reads what PostgreSQL prints of a numeric': (domain) =>
    fc.property(fc.bigInt(-LARGEST * 1_000n, LARGEST * 1_000n), fc.nat({ max: 9 }), (micros, zeros) => {
      const text = domain.formatDecimal(micros);
      assert.match(text, CANONICAL);
      const printed = text.includes('.') || zeros === 0 ? text : `${text}.`;
      assert.equal(domain.microsFromNumeric(printed + '0'.repeat(zeros)), micros);
    }),

  'cuts a part of a value as long division does, and gives the whole for the whole': (domain) =>
    fc.property(inputDecimals, fc.bigInt(1n, 50n), fc.bigInt(1n, 50n), (value, one, other) => {
      const [part, whole] = one < other ? [one, other] : [other, one];
      const cut = domain.proportion(value, part, whole);
      assert.equal(cut, cutToSixPlaces({ numerator: value * part, denominator: whole * 1_000_000n }));
      assert.equal(domain.proportion(value, whole, whole), value);
    }),

  'takes gross apart into revenue and the rest, exactly': (domain) =>
    fc.property(inputDecimals, shares, (gross, share) => {
      const revenue = domain.revenueOf(gross, share);
      // gross is in 10^-6 and the share in 10^-4 percent, so revenue must be in 10^-12.
      assert.equal(revenue * 100n * 10_000n * 1_000_000n, gross * share * 10n ** 12n);
      assert.equal(revenue + domain.platformRevenueOf(gross, revenue), gross * 1_000_000n);
      const text = domain.formatRevenue(revenue);
      assert.match(text, CANONICAL);
      const [whole = '', fraction = ''] = text.split('.');
      assert.equal(BigInt(whole + fraction.padEnd(12, '0')), revenue);
    }),

  'reads a share back from its text': (domain) =>
    fc.property(shares, (share) => {
      assert.equal(domain.parseRevenueShare(domain.formatRevenueShare(share)), share);
    }),

  'agrees with Date on what an instant is called': (domain) =>
    fc.property(milliseconds, (ms) => {
      const text = new Date(ms).toISOString();
      const instant = BigInt(ms) * 1_000n;
      assert.equal(domain.parseInstant(text), instant);
      assert.equal(domain.formatInstant(instant), text.replace('.000Z', 'Z'));
    }),

  'agrees with Date on what an offset means': (domain) =>
    fc.property(milliseconds, offsetMinutes, (ms, minutes) => {
      const local = ms + minutes * 60_000;
      fc.pre(local >= FIRST_MS && local <= LAST_MS);
      const sign = minutes < 0 ? '-' : '+';
      const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
      const offset = `${sign}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
      const text = new Date(local).toISOString().replace('Z', offset);
      assert.equal(domain.parseInstant(text), BigInt(Date.parse(text)) * 1_000n);
    }),

  'reads an instant back from its text, to the microsecond': (domain) =>
    fc.property(milliseconds, microsInMs, (ms, micros) => {
      const instant = BigInt(ms) * 1_000n + micros;
      const text = domain.formatInstant(instant);
      assert.match(text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3}(?:\d{3})?)?Z$/);
      assert.doesNotMatch(text, /\.000Z|000Z$/);
      assert.equal(domain.parseInstant(text), instant);
    }),

  'knows the dates that Date knows, and no other': (domain) =>
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom(1900, 2000, 2024, 2025, 2100)),
      fc.integer({ min: 0, max: 13 }),
      fc.oneof(fc.integer({ min: 0, max: 32 }), fc.constantFrom(28, 29, 30, 31)),
      (year, month, day) => {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        assert.equal(domain.isCalendarDate(year, month, day), exists);
        const [mm, dd] = [month, day].map((part) => String(part).padStart(2, '0'));
        const text = `${String(year).padStart(4, '0')}-${mm}-${dd}T00:00:00Z`;
        assert.equal(domain.parseInstant(text), exists ? BigInt(date.getTime()) * 1_000n : null);
      },
    ),

  'puts any two entries in the one order': (domain) =>
    fc.property(places, places, (left, right) => {
      const sign = Math.sign(domain.compareEntries(left, right));
      assert.equal(sign, Math.sign(slowCompare(left, right)));
      assert.equal(Math.sign(domain.compareEntries(right, left)), 0 - sign);
      const isSame = left.occurredAt === right.occurredAt && left.type === right.type && left.id === right.id;
      assert.equal(sign === 0, isSame);
    }),

  'keeps the one order over three entries': (domain) =>
    fc.property(crowdedPlaces, crowdedPlaces, crowdedPlaces, (a, b, c) => {
      fc.pre(domain.compareEntries(a, b) <= 0 && domain.compareEntries(b, c) <= 0);
      assert.ok(domain.compareEntries(a, c) <= 0);
    }),
} satisfies Readonly<Record<string, DomainProperty>>;
