import { Parser } from '@json2csv/plainjs';
import { quoted } from './csv-cell.js';
import { USUAL_CSV, type CsvDialect } from './csv-dialect.js';

/** RFC 4180, 2.1. */
const LINE_END = '\r\n';

/**
 * One column of a file; null becomes an empty cell. Figures and instants are written unchanged, texts through
 * `neutralised`.
 */
export interface CsvColumn<Row> {
  readonly label: string;
  readonly value: (row: Row) => string | null;
  /** Whether its values are decimals. */
  readonly isDecimal?: boolean;
}

/** The header line of a file, with the dialect's start and the line end. */
export function csvHeader(
  columns: readonly { readonly label: string }[],
  { beginning, separator }: CsvDialect = USUAL_CSV,
): string {
  return `${beginning}${columns.map(({ label }) => quoted(label)).join(separator)}${LINE_END}`;
}

/** Writes rows as CSV (docs/contract.md, "Revenue"): the header once, then rows in batches of any size. */
export class CsvText<Row extends object> {
  /** The header line, with its line end. */
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
      formatters: { string: decimalMark === '.' ? quoted : quotedBesideDecimals, object: () => '' }, // cells contain no object except null
    });
  }

  /** Lines of these rows, each with its line end; empty if there are no rows. */
  lines(rows: Row[]): string {
    return rows.length === 0 ? '' : this.parser.parse(rows) + LINE_END;
  }
}

/** Quotes a cell, except a decimal with a comma, which needs no quotes if cells are not separated by commas. */
function quotedBesideDecimals(cell: string): string {
  return /^-?\d+,\d+$/.test(cell) ? cell : quoted(cell);
}

function inDialect<Row>(
  { label, value, isDecimal = false }: CsvColumn<Row>,
  decimalMark: CsvDialect['decimalMark'],
): CsvColumn<Row> {
  if (!isDecimal || decimalMark === '.') return { label, value };
  return { label, value: (row) => value(row)?.replace('.', decimalMark) ?? null };
}
