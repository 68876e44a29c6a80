import * as fc from 'fast-check';
import { isCurrency, moneyText } from '../../../variables/currency.js';
import { decimal } from './decimal.js';
import { credits, money, moneyParts } from './format.js';

/** The digits, the point and the sign of a formatted amount. */
const bare = (text: string): string => text.replaceAll(/[^\d.-]/g, '');

describe('amounts on the page', () => {
  it('have all their digits', () => {
    const anyRevenue = fc.bigInt({ min: 0n, max: 10n ** 27n }).map(decimal);
    fc.assert(
      fc.property(anyRevenue, (amount) => {
        const [whole = '', fraction = ''] = amount.split('.');
        expect(bare(money(amount, 'USD'))).toBe(`${whole}.${fraction.padEnd(2, '0')}`);
        expect(bare(credits(amount))).toBe(amount);
      }),
    );
  });

  it('are split after the places of their currency, without loss', () => {
    expect(moneyParts('1234.5678', 'USD')).toEqual({ head: '$1,234.56', tail: '78', after: '' });
    expect(moneyParts('3', 'USD')).toEqual({ head: '$3.00', tail: '', after: '' });
    expect(moneyParts('1.5', 'KWD')).toEqual({ head: 'KWD\u00a01.500', tail: '', after: '' });
    expect(moneyParts('1.50025', 'IQD')).toMatchObject({ head: 'IQD\u00a01.500', tail: '25' });
    expect(moneyParts('1500', 'JPY')).toEqual({ head: '¥1,500', tail: '', after: '' });
    expect(moneyParts('0.25', 'JPY')).toEqual({ head: '¥0', tail: '.25', after: '' });
  });

  it('have the places of every currency, as in the terminal', () => {
    for (const currency of Intl.supportedValuesOf('currency').filter(isCurrency)) {
      expect([currency, bare(money('1234', currency).replace(/^\D+/, ''))]).toEqual([
        currency,
        moneyText('1234', currency),
      ]);
    }
  });
});
