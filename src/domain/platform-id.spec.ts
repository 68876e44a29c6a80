import { comparePlatformIds, isPlatformId } from './platform-id.js';

describe('isPlatformId', () => {
  it.each(['a', '0', 'A', 'line_1', 'user:42@example.org', 'a.b-c|d+e=f~g', 'x'.repeat(128)])(
    'accepts %s',
    (id) => {
      expect(isPlatformId(id)).toBe(true);
    },
  );

  it.each(['', '-a', '_a', '.a', 'a b', 'a/b', 'a,b', 'é', 'a\n', 'a\u0000', '🎈', '=1+1', 'x'.repeat(129)])(
    'refuses %j',
    (id) => {
      expect(isPlatformId(id)).toBe(false);
    },
  );
});

describe('comparePlatformIds', () => {
  it('sorts by UTF-8 bytes', () => {
    const ids = ['b', 'B', 'a', '10', '9', '1', 'a.', 'a~', 'a|', 'a_', 'a:', 'a@', 'a=', 'a+', 'a-'];
    const byBytes = [...ids].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect([...ids].sort(comparePlatformIds)).toEqual(byBytes);
  });
});
