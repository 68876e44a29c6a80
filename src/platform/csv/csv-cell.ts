/**
 * What a spreadsheet would take for a formula: = + - @, TAB, CR or LF, or the full-width forms of the signs, first or
 * after spaces (OWASP, "CSV Injection"). Spaces of every script count.
 */
const LOOKS_LIKE_FORMULA = /^\p{Zs}*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

const NEEDS_QUOTES = /["\r\n,]/;

/** A text of somebody's own, made harmless for spreadsheets by a leading apostrophe; null stays empty. */
export function neutralised(text: string | null): string | null {
  return text !== null && LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
}

/** A cell as RFC 4180, 2 writes it: in quotes where it holds a quote, a comma or a line break. */
export function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
