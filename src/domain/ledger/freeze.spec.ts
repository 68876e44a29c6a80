import { day, micros } from '../../../test/support/ledger-builders.js';
import { frozenAmount, frozenCreditCost, frozenPool, type ModuleTerms } from './freeze.js';

const studio: ModuleTerms = {
  creditCost: micros('10'),
  partnerId: 'pia',
  requiresPurchasedCredits: false,
};

describe('the terms that a deployment freezes', () => {
  it("are the given cost, otherwise the module's, and 0 for the module's own partner", () => {
    expect(frozenCreditCost(null, studio, 'ann')).toBe(micros('10'));
    expect(frozenCreditCost(null, studio, 'pia')).toBe(0n);
    expect(frozenCreditCost(micros('3'), studio, 'pia')).toBe(micros('3'));
    expect(frozenCreditCost(0n, studio, 'ann')).toBe(0n);
  });

  it('are the full cost for every user if the module belongs to the platform', () => {
    expect(frozenCreditCost(null, { ...studio, partnerId: null }, 'pia')).toBe(micros('10'));
  });

  it('are the pool that the module requires', () => {
    expect(frozenPool(studio)).toBe('any');
    expect(frozenPool({ ...studio, requiresPurchasedCredits: true })).toBe('purchased');
  });
});

describe('the amount that a purchase freezes', () => {
  const changes = [
    { since: day(10), creditsPerUnit: micros('4') },
    { since: day(20), creditsPerUnit: micros('3') },
  ];
  const fallback = micros('10');
  const amountAt = (n: number): bigint => frozenAmount(null, micros('8'), day(n), changes, fallback);

  it('is the given one, including 0', () => {
    expect(frozenAmount(micros('7'), micros('8'), day(15), changes, fallback)).toBe(micros('7'));
    expect(frozenAmount(0n, micros('8'), day(15), changes, fallback)).toBe(0n);
  });

  it('uses a creditsPerUnit from the instant of its change on', () => {
    expect(amountAt(15)).toBe(micros('2'));
    expect(amountAt(10)).toBe(micros('2'));
    expect(amountAt(20)).toBe(micros('2.666666'));
    expect(frozenAmount(null, micros('8'), day(20) - 1n, changes, fallback)).toBe(micros('2'));
  });

  it('uses the first value for purchases before that value was set', () => {
    expect(amountAt(1)).toBe(micros('2'));
  });

  it('uses the default if no value was ever set', () => {
    expect(frozenAmount(null, micros('8'), day(15), [], fallback)).toBe(micros('0.8'));
  });

  it('is cut, not rounded, to six places', () => {
    expect(frozenAmount(null, micros('12.345678'), day(1), [], fallback)).toBe(micros('1.234567'));
    expect(frozenAmount(null, 1n, day(1), [], fallback)).toBe(0n);
  });
});
