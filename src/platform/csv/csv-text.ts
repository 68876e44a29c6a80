import { Parser } from '@json2csv/plainjs';
import { quoted } from './csv-cell.js';

/** RFC 4180, 2.1. */
const LINE_END = '\r\n';

/** One column of a file; null is an empty cell. Figures and instants go out as they are, texts through `neutralised`. */
export interface CsvColumn<Row> {
  readonly label: string;
  readonly value: (row: Row) => string | null;
}

/** The first line of a file, with its end. */
export function csvHeader(columns: readonly { readonly label: string }[]): string {
  return `${columns.map(({ label }) => quoted(label)).join(',')}${LINE_END}`;
}

/** Writes rows as CSV (docs/contract.md, "Revenue"): the header once, then as many rows at a time as the caller has. */
export class CsvText<Row extends object> {
  /** The first line, with its end. */
  readonly header: string;
  private readonly parser: Parser<Row, Row>;

  constructor(columns: readonly CsvColumn<Row>[]) {
    this.header = csvHeader(columns);
    this.parser = new Parser<Row, Row>({
      fields: [...columns],
      header: false,
      eol: LINE_END,
      formatters: { string: quoted, object: () => '' }, // the only object that cells hold is null
    });
  }

  /** Lines of these rows, each with its end; empty for none. */
  lines(rows: Row[]): string {
    return rows.length === 0 ? '' : this.parser.parse(rows) + LINE_END;
  }
}
