import { formatInstant, isCalendarDate, parseInstant } from './instant.js';

const NOON = 1_767_268_800_000_000n; // 2026-01-01T12:00:00Z

describe('parseInstant', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0n],
    ['2026-01-01T12:00:00Z', NOON],
    ['2026-01-01T12:00:00.5Z', NOON + 500_000n],
    ['2026-01-01T12:00:00.000001Z', NOON + 1n],
    ['2026-01-01T14:00:00+02:00', NOON],
    ['2026-01-01T06:30:00-05:30', NOON],
    ['2026-01-01T12:00:00-00:00', NOON],
    ['2026-01-02T11:59:00+23:59', NOON],
    ['1969-12-31T23:59:59.999999Z', -1n],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000_000n],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000_000n],
    ['9999-12-31T23:59:59.999999Z', 253_402_300_799_999_999n],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-06-30T23:59:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+00:60',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
  ])('refuses %s, which does not exist', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it.each([
    '',
    '2026-01-01',
    '20260101',
    '2026-01-01T00:00:00',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00Z',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00.0000001Z',
    '2026-01-01T00:00:00,5Z',
    '2026-01-01T00:00:00+0100',
    '2026-01-01T00:00:00z',
    '+02026-01-01T00:00:00Z',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
  ])('refuses the form of %j', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('formatInstant', () => {
  it.each([
    [NOON, '2026-01-01T12:00:00Z'],
    [NOON + 500_000n, '2026-01-01T12:00:00.500Z'],
    [NOON + 1_000n, '2026-01-01T12:00:00.001Z'],
    [NOON + 1n, '2026-01-01T12:00:00.000001Z'],
    [NOON + 100_100n, '2026-01-01T12:00:00.100100Z'],
    [-1n, '1969-12-31T23:59:59.999999Z'],
    [-62_135_596_800_000_000n, '0001-01-01T00:00:00Z'],
  ])('writes %s with the fewest exact digits of 0, 3 or 6', (instant, text) => {
    expect(formatInstant(instant)).toBe(text);
  });
});

describe('isCalendarDate', () => {
  it('knows leap years', () => {
    expect([2024, 2000, 2025, 1900].map((year) => isCalendarDate(year, 2, 29))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('accepts the years 1 to 9999', () => {
    expect([0, 1, 9_999, 10_000].map((year) => isCalendarDate(year, 1, 1))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
