import { invisibleClass } from './invisible.js';

const INVISIBLE = `[${invisibleClass((codePoint) => `\\u{${codePoint.toString(16)}}`)}]*`;

/**
 * Matches text that a spreadsheet would interpret as a formula (OWASP, "CSV Injection"): = + - @ or their full-width
 * forms, at the start or after a character at which spreadsheets split (; , TAB and line breaks), possibly after
 * invisible characters; also TAB or a line break at the start.
 */
const LOOKS_LIKE_FORMULA = new RegExp(
  String.raw`(?:^|[;,\t\r\n])${INVISIBLE}[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^${INVISIBLE}[\t\r\n]`,
  'u',
);

const NEEDS_QUOTES = /["\t\r\n,;]/;

/** Makes a text that a user wrote harmless for spreadsheets by a leading apostrophe; null stays null. */
export function neutralised(text: string | null): string | null {
  return text !== null && LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
}

/**
 * A cell in the form of RFC 4180, 2: in quotes if it contains a quote, a line break or a character at which
 * spreadsheets split.
 */
export function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
