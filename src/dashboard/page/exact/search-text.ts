/**
 * The form of a text that searches compare: without case, accents and invisible characters. The rule is that of the
 * service (migrations/sql/modules/search_text.sql), for lists that the page searches itself.
 */

const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
const INVISIBLE = /[\u00ad\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
/** Letters that Unicode does not decompose. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ð: 'd',
  ı: 'i',
  ς: 'σ',
};

/** Returns text to search with `includes` in the search texts of items. */
export function searchText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(/[ßæœþøłđħðıς]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}
