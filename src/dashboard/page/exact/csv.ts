/** CSV as the service writes it (src/platform/csv): RFC 4180, and harmless for spreadsheets. */

const INVISIBLE = String.raw`[\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
/** A text that a spreadsheet would take for a formula; a test compares it with the service's rule. */
const LOOKS_LIKE_FORMULA = new RegExp(
  String.raw`(?:^|[;,\t\r\n])${INVISIBLE}[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^${INVISIBLE}[\t\r\n]`,
  'u',
);
const IS_DECIMAL = /^-?\d+(?:\.\d+)?$/;
const NEEDS_QUOTES = /["\t\r\n,;]/;

export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

export function csvCell(text: string): string {
  const isFormula = !IS_DECIMAL.test(text) && LOOKS_LIKE_FORMULA.test(text);
  const harmless = isFormula ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
