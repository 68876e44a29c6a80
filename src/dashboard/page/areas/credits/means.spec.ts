import { missingFor } from './means.js';

describe('what is missing for a deployment', () => {
  const balance = { purchased: '2', total: '12.5' };

  it.each([
    ['12.5', false, null],
    ['12.500001', false, '0.000001'],
    ['2', true, null],
    ['3', true, '1'],
    ['0', true, null],
  ])('that costs %s, purchased credits only: %s, is %s', (creditCost, requiresPurchasedCredits, missing) =>
    expect(missingFor({ creditCost, requiresPurchasedCredits }, balance)).toBe(missing),
  );
});
