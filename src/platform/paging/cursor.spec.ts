import { Problem } from '../problem/index.js';
import { decodeCursor, encodeCursor } from './cursor.js';

const list = { name: 'modules', mine: true };
const anything = () => true;

describe('a cursor', () => {
  it('gives back the position that it was made of', () => {
    const position = ['Ünïcode, "quoted"', '2026-05-01T00:00:00Z', ''];
    expect(decodeCursor(encodeCursor(list, position), list, anything)).toEqual(position);
  });

  it.each([
    ['of another filter', encodeCursor({ ...list, mine: false }, ['a'])],
    ['that is no JSON', Buffer.from('{').toString('base64url')],
    ['that is no list', Buffer.from('{"0":"x"}').toString('base64url')],
    ['that holds other than texts', Buffer.from('["x",1]').toString('base64url')],
    ['that is empty', Buffer.from('[]').toString('base64url')],
    ['that is not even base64url', '!'],
  ])('%s is refused', (_case, cursor) => {
    expect(() => decodeCursor(cursor, list, anything)).toThrow(Problem);
  });

  it('whose keys cannot be keys of the list is refused', () => {
    expect(() => decodeCursor(encodeCursor(list, ['a\0b']), list, () => false)).toThrow(Problem);
  });
});
