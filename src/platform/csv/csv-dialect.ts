/** Variants of a file for spreadsheets, in addition to the usual form (docs/contract.md, "Revenue"). */
export const CSV_FORMS = ['excel', 'semicolon', 'excel-semicolon'] as const;
export type CsvForm = (typeof CSV_FORMS)[number];

/** How cells and lines of a file are written. */
export interface CsvDialect {
  /** Start of the file: a byte order mark or nothing. */
  readonly beginning: '' | '\uFEFF';
  readonly separator: ',' | ';';
  /** Character before the decimal places. */
  readonly decimalMark: '.' | ',';
}

/** The form for programs; its bytes stay the same in all versions. */
export const USUAL_CSV: CsvDialect = { beginning: '', separator: ',', decimalMark: '.' };

/** @param form undefined means the usual form */
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
