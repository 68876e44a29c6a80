import { typedAmount } from './typed.js';

describe('a typed amount', () => {
  it.each([
    ['5', '5'],
    [' 12.5 ', '12.5'],
    ['12,5', '12.5'],
    ['007', '7'],
    ['0.000001', '0.000001'],
    ['0.125', '0.125'],
  ])('"%s" is %s', (typed, expected) => expect(typedAmount(typed)).toBe(expected));

  it.each(['', '0', '0.0', '-5', '1,000', '1 000', '1e3', '1.2.3', '0.0000001', '1234567890123', 'five'])(
    '"%s" is refused',
    (typed) => expect(typedAmount(typed)).toBeNull(),
  );
});
