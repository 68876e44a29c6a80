import { moneyText } from './currency.js';

describe('money as text', () => {
  it.each([
    ['1.5', 'KWD', '1.500'],
    ['1.5', 'IQD', '1.500'],
    ['1.5', 'USD', '1.50'],
    ['1500', 'JPY', '1500'],
    ['0', 'KWD', '0.000'],
    ['-2', 'EUR', '-2.00'],
  ])('%s %s has the decimal places of its currency: %s', (amount, currency, text) => {
    expect(moneyText(amount, currency)).toBe(text);
  });

  it.each([
    ['0.25', 'JPY'],
    ['1.123456', 'KWD'],
    ['0.199826424312', 'USD'],
  ])('%s %s keeps every digit', (amount, currency) => {
    expect(moneyText(amount, currency)).toBe(amount);
  });
});
