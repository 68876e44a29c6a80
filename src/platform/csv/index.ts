export { csvLineSql, decimalCellSql, textCellSql } from './csv-cell-sql.js';
export { neutralised } from './csv-cell.js';
export { CSV_FORMS, csvDialect, type CsvDialect, type CsvForm } from './csv-dialect.js';
export { csvFileName, fileNameDates } from './csv-file-name.js';
export { CSV_TYPE, FORMATS, isCsvWanted, type Format } from './csv-format.js';
export { CsvExports, type CsvDelivery, type OpenCsv } from './csv-exports.js';
export { csvHeader, CsvText, type CsvColumn } from './csv-text.js';
export { CsvModule } from './csv.module.js';
