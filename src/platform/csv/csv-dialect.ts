/** Forms of a file beside the usual one, for spreadsheets that want them (docs/contract.md, "Revenue"). */
export const CSV_FORMS = ['excel', 'semicolon', 'excel-semicolon'] as const;
export type CsvForm = (typeof CSV_FORMS)[number];

/** How cells and lines of a file are written. */
export interface CsvDialect {
  /** What the file begins with: a byte order mark, or nothing. */
  readonly beginning: '' | '\uFEFF';
  readonly separator: ',' | ';';
  /** What stands before the places of a decimal. */
  readonly decimalMark: '.' | ',';
}

/** Bytes that never change from one version to the next: what programs read. */
export const USUAL_CSV: CsvDialect = { beginning: '', separator: ',', decimalMark: '.' };

/** @param form absent: the usual one */
export function csvDialect(form?: CsvForm): CsvDialect {
  const [isForExcel, hasSemicolons] = [
    form?.startsWith('excel') ?? false,
    form?.endsWith('semicolon') ?? false,
  ];
  return {
    beginning: isForExcel ? '\uFEFF' : '',
    separator: hasSemicolons ? ';' : ',',
    decimalMark: hasSemicolons ? ',' : '.',
  };
}
