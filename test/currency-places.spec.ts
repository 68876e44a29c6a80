import { money } from '../src/dashboard/page/exact/format.js';
import { isCurrency, moneyText } from '../src/variables/currency.js';

describe('the places of a currency', () => {
  it.each(Intl.supportedValuesOf('currency').filter(isCurrency))(
    'are the same on the page and in the terminal: %s',
    (currency) => {
      const onThePage = money('1234', currency)
        .replace(/^\D+/, '')
        .replaceAll(/[^\d.-]/g, '');
      expect(onThePage).toBe(moneyText('1234', currency));
    },
  );
});
