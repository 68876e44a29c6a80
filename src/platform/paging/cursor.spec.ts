import { Problem } from '../problem/index.js';
import { decodeCursor, encodeCursor } from './cursor.js';

const list = { name: 'modules', mine: true };
const anything = () => true;

describe('a cursor', () => {
  it('returns the position that it was created from', () => {
    const position = ['Ünïcode, "quoted"', '2026-05-01T00:00:00Z', ''];
    expect(decodeCursor(encodeCursor(list, position), list, anything)).toEqual(position);
  });

  it.each([
    ['of another filter', encodeCursor({ ...list, mine: false }, ['a'])],
    ['that is not JSON', Buffer.from('{').toString('base64url')],
    ['that is not a list', Buffer.from('{"0":"x"}').toString('base64url')],
    ['that contains other values than texts', Buffer.from('["x",1]').toString('base64url')],
    ['that is empty', Buffer.from('[]').toString('base64url')],
    ['that is not even base64url', '!'],
  ])('%s is refused', (_case, cursor) => {
    expect(() => decodeCursor(cursor, list, anything)).toThrow(Problem);
  });

  it('with keys that the list cannot have is refused', () => {
    expect(() => decodeCursor(encodeCursor(list, ['a\0b']), list, () => false)).toThrow(Problem);
  });
});
