import { invisibleClass } from './invisible.js';

const INVISIBLE = `[${invisibleClass((codePoint) => `\\u{${codePoint.toString(16)}}`)}]*`;

/**
 * What a spreadsheet would take for a formula (OWASP, "CSV Injection"): = + - @ or their full-width forms, first or after
 * characters that leave no mark, at the start or after what spreadsheets split at (; , TAB and line breaks); and TAB or
 * a line break at the start.
 */
const LOOKS_LIKE_FORMULA = new RegExp(
  String.raw`(?:^|[;,\t\r\n])${INVISIBLE}[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^${INVISIBLE}[\t\r\n]`,
  'u',
);

const NEEDS_QUOTES = /["\t\r\n,;]/;

/** A text of somebody's own, made harmless for spreadsheets by a leading apostrophe; null stays empty. */
export function neutralised(text: string | null): string | null {
  return text !== null && LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
}

/** A cell as RFC 4180, 2 writes it: in quotes where it holds a quote, a line break, or what a spreadsheet splits at. */
export function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
