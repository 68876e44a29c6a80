import { Parser } from '@json2csv/plainjs';
import { quoted } from './csv-cell.js';
import { USUAL_CSV, type CsvDialect } from './csv-dialect.js';

/** RFC 4180, 2.1. */
const LINE_END = '\r\n';

/** One column of a file; null is an empty cell. Figures and instants go out as they are, texts through `neutralised`. */
export interface CsvColumn<Row> {
  readonly label: string;
  readonly value: (row: Row) => string | null;
  /** Whether its values are decimals. */
  readonly isDecimal?: boolean;
}

/** The first line of a file, with its end and what stands before it. */
export function csvHeader(
  columns: readonly { readonly label: string }[],
  { beginning, separator }: CsvDialect = USUAL_CSV,
): string {
  return `${beginning}${columns.map(({ label }) => quoted(label)).join(separator)}${LINE_END}`;
}

/** Writes rows as CSV (docs/contract.md, "Revenue"): the header once, then as many rows at a time as the caller has. */
export class CsvText<Row extends object> {
  /** The first line, with its end. */
  readonly header: string;
  private readonly parser: Parser<Row, Row>;

  constructor(columns: readonly CsvColumn<Row>[], dialect: CsvDialect = USUAL_CSV) {
    const { separator, decimalMark } = dialect;
    this.header = csvHeader(columns, dialect);
    this.parser = new Parser<Row, Row>({
      fields: columns.map((column) => inDialect(column, decimalMark)),
      delimiter: separator,
      header: false,
      eol: LINE_END,
      formatters: { string: decimalMark === '.' ? quoted : quotedBesideDecimals, object: () => '' }, // the only object that cells hold is null
    });
  }

  /** Lines of these rows, each with its end; empty for none. */
  lines(rows: Row[]): string {
    return rows.length === 0 ? '' : this.parser.parse(rows) + LINE_END;
  }
}

/** A decimal with a comma needs no quotes where no comma stands between cells. */
function quotedBesideDecimals(cell: string): string {
  return /^\d+,\d+$/.test(cell) ? cell : quoted(cell);
}

function inDialect<Row>(
  { label, value, isDecimal = false }: CsvColumn<Row>,
  decimalMark: CsvDialect['decimalMark'],
): CsvColumn<Row> {
  if (!isDecimal || decimalMark === '.') return { label, value };
  return { label, value: (row) => value(row)?.replace('.', decimalMark) ?? null };
}
