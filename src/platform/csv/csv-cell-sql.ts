import type { CsvDialect } from './csv-dialect.js';
import { invisibleClass } from './invisible.js';

const INVISIBLE = `[${invisibleClass((codePoint) => `\\U${codePoint.toString(16).padStart(8, '0')}`)}]*`;
/** The same as LOOKS_LIKE_FORMULA of csv-cell.ts. */
const LOOKS_LIKE_FORMULA = String.raw`(?:^|[;,\t\r\n])${INVISIBLE}[-=+@\uFF1D\uFF0B\uFF0D\uFF20]|^${INVISIBLE}[\t\r\n]`;
const NEEDS_QUOTES = String.raw`["\t\r\n,;]`;
/** Matches most texts, which then need no other check. */
const IS_PLAIN = String.raw`^[0-9A-Za-z][^"\t\r\n,;]*$`;

/**
 * SQL for the cell of a text that a user wrote: the result of `quoted(neutralised(text))`, for files that PostgreSQL
 * writes. Null becomes an empty cell.
 *
 * @param text a column; the SQL repeats it several times
 */
export function textCellSql(text: string): string {
  const apostrophe = `CASE WHEN ${matches(text, LOOKS_LIKE_FORMULA)} THEN '''' END`;
  return `CASE WHEN ${matches(text, IS_PLAIN)} THEN ${text}
    WHEN ${matches(text, NEEDS_QUOTES)} THEN concat('"', ${apostrophe}, replace(${text}, '"', '""'), '"')
    ELSE concat(${apostrophe}, ${text}) END`;
}

/** SQL for a line of cells, with its line end; null becomes an empty cell. */
export function csvLineSql(cells: readonly string[], separator: CsvDialect['separator']): string {
  return `concat(${cells.join(`, '${separator}', `)}, E'\\r\\n')`;
}

/** SQL for the cell of a decimal. It needs no quotes, because no dialect separates cells by its decimal mark. */
export function decimalCellSql(decimal: string, decimalMark: CsvDialect['decimalMark']): string {
  return decimalMark === '.' ? decimal : `replace(${decimal}, '.', '${decimalMark}')`;
}

function matches(text: string, pattern: string): string {
  return `${text} COLLATE "C" ~ '${pattern}'`;
}
