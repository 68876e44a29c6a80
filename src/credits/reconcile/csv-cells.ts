/** Supported delimiters between cells. */
export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/**
 * Splits one record of CSV into its cells (RFC 4180), without the spaces around them. In a cell that does not begin
 * with a quotation mark, quotation marks have no special meaning.
 *
 * @returns null if a quoted cell does not end, so that the record continues in the next line
 */
export function cellsOf(record: string, delimiter: Delimiter): string[] | null {
  const cells: string[] = [];
  for (let at = 0; ; at += 1) {
    const quoted = QUOTED.exec(record.slice(at));
    if (quoted !== null) {
      const end = at + quoted[0].length;
      if (quoted[2] !== '"') return null;
      if (end === record.length || record[end] === delimiter) {
        cells.push((quoted[1] as string).replaceAll('""', '"'));
        if (end === record.length) return cells;
        at = end;
        continue;
      }
    }
    const end = record.indexOf(delimiter, at);
    cells.push(record.slice(at, end === -1 ? undefined : end).trim());
    if (end === -1) return cells;
    at = end;
  }
}

/** A quoted text with its closing quotation mark, if any, and surrounding spaces. */
const QUOTED = /^ *"((?:[^"]|"")*)(?:(") *|$)/;
