import type { Statement } from '../../api/statements.js';
import { whyCarried } from './words.js';

describe('why a statement carries an amount', () => {
  it.each([
    ['nothing is carried', { due: '5', payable: '5', carried: '0' }, null],
    ['a rounded amount', { due: '5.004', payable: '5', carried: '0.004' }, /rounding to \$0\.01/],
    ['less than one cent', { due: '0.004', payable: '0', carried: '0.004' }, /rounding to \$0\.01/],
    ['below the minimum', { due: '5', payable: '0', carried: '5' }, /Below the least amount/],
    ['a debt', { due: '-5', payable: '0', carried: '-5' }, /taken back than earned/],
    [
      'a rounded yen',
      { due: '5.4', payable: '5', carried: '0.4', currency: 'JPY', currencyMinorUnit: 0 },
      /¥1 /,
    ],
  ])('%s', (_, figures, words) => {
    const why = whyCarried({ currency: 'USD', currencyMinorUnit: 2, ...figures } as Statement);
    if (words === null) expect(why).toBeNull();
    else expect(why).toMatch(words);
  });
});
