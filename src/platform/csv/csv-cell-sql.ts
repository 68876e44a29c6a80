/** As LOOKS_LIKE_FORMULA of csv-cell.ts; PostgreSQL's expressions know no \p{Zs}. */
const LOOKS_LIKE_FORMULA =
  '^[ \\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000]*[-=+@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20]';
const NEEDS_QUOTES = '[",\\r\\n]';
/** Most texts: no other look at them is needed. */
const IS_PLAIN = '^[0-9A-Za-z][^",\\r\\n]*$';

/**
 * SQL for the cell of a text of somebody's own: what `quoted(neutralised(text))` gives, for files that PostgreSQL writes.
 * Null is an empty cell.
 *
 * @param text a column, which is named several times
 */
export function textCellSql(text: string): string {
  const apostrophe = `CASE WHEN ${matches(text, LOOKS_LIKE_FORMULA)} THEN '''' END`;
  return `CASE WHEN ${matches(text, IS_PLAIN)} THEN ${text}
    WHEN ${matches(text, NEEDS_QUOTES)} THEN concat('"', ${apostrophe}, replace(${text}, '"', '""'), '"')
    ELSE concat(${apostrophe}, ${text}) END`;
}

/** SQL for a line of cells, with its end; null is an empty cell. */
export function csvLineSql(cells: readonly string[]): string {
  return `concat(${cells.join(`, ',', `)}, E'\\r\\n')`;
}

function matches(text: string, pattern: string): string {
  return `${text} COLLATE "C" ~ '${pattern}'`;
}
