import type { Lot } from '../api/credits.js';
import { daysLeft, expiringSoon } from './expiry.js';

const NOW = '2026-03-01T12:00:00Z';

function lot(leftCredits: string, expiresAt: string | null): Lot {
  return {
    pool: 'free',
    lotId: 'gift',
    acquiredAt: '2026-01-01T00:00:00Z',
    acquiredCredits: '10',
    amount: '0',
    leftValue: '0',
    unitPrice: '0',
    leftCredits,
    expiresAt,
  };
}

describe('credits that expire soon', () => {
  it.each([
    ['2026-03-01T12:00:01Z', 0],
    ['2026-03-02T12:00:00Z', 1],
    ['2026-03-31T11:59:59.999999Z', 29],
    ['2026-03-31T12:00:00Z', null],
  ])('at %s are %s days away', (expiresAt, days) => expect(daysLeft(lot('1', expiresAt), NOW)).toBe(days));

  it('are summed exactly, with the first instant, whatever the order of the lots', () => {
    const lots = [
      lot('0.000001', '2026-03-20T00:00:00Z'),
      lot('2', '2026-03-05T00:00:00.5Z'),
      lot('5', null),
      lot('7', '2026-12-01T00:00:00Z'),
    ];
    expect(expiringSoon(lots, NOW)).toEqual({ credits: '2.000001', first: '2026-03-05T00:00:00.5Z' });
  });

  it('are none if nothing expires within 30 days', () => {
    expect(expiringSoon([lot('5', null), lot('5', '2026-04-01T00:00:00Z')], NOW)).toBeNull();
  });
});
