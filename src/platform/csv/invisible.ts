/**
 * Invisible characters, as first and last code point of each range: spaces and line separators of every script (\p{Z}),
 * format characters (\p{Cf}: zero-width ones, byte order marks, bidi controls) and others that fonts do not show
 * (\p{Default_Ignorable_Code_Point}). They are listed, because PostgreSQL's regular expressions have no such
 * properties.
 */
export const INVISIBLE_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x600, 0x605],
  [0x61c, 0x61c],
  [0x6dd, 0x6dd],
  [0x70f, 0x70f],
  [0x890, 0x891],
  [0x8e2, 0x8e2],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x110bd, 0x110bd],
  [0x110cd, 0x110cd],
  [0x13430, 0x1343f],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

/**
 * The content of a character class for these characters in a regular expression.
 *
 * @param escaped returns the escape sequence of one code point
 */
export function invisibleClass(escaped: (codePoint: number) => string): string {
  return INVISIBLE_RANGES.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join('');
}
