import {
  csvDialect,
  CsvText,
  neutralised,
  type CsvColumn,
  type CsvForm,
  type OpenCsv,
} from '../../platform/csv/index.js';
import type { LocalTimes } from '../../variables/index.js';
import { exportFileName } from '../export/file-name.js';
import type { Viewer } from '../viewer.js';
import { isUnit } from './grouping.js';
import type { RevenueSummary, SummaryRow } from './revenue-summary.js';

type Field = keyof SummaryRow;

const FIGURES: readonly Field[] = [
  'deployments',
  'creditCost',
  'freeCredits',
  'purchasedCredits',
  'unpaidCredits',
  'refundedCredits',
  'grossRevenue',
  'revenue',
];

/** Format of a summary's file. */
export interface SummaryFile {
  readonly viewer: Viewer;
  readonly form: CsvForm | undefined;
  /** Local times of all `from` and `to`; null: only UTC. */
  readonly localTimes: LocalTimes | null;
}

/**
 * A whole summary as a file. The columns are the fields of its rows, with the same names and order, and local times
 * next to `from` and `to`.
 */
export function summaryCsv(summary: RevenueSummary, { viewer, form, localTimes }: SummaryFile): OpenCsv {
  const columns = fieldsOf(summary, viewer).flatMap((field) => columnsOf(field, localTimes));
  const csv = new CsvText(columns, csvDialect(form));
  return {
    fileName: exportFileName(summary.filter, `revenue-by-${summary.groupBy.join('-and-')}`),
    text: [csv.header, csv.lines([...summary.data])],
  };
}

/** Every instant in a summary's file. */
export function instantsOf({ data }: RevenueSummary): (string | undefined)[] {
  return data.flatMap(({ from, to }) => [from, to]);
}

function columnsOf(field: Field, localTimes: LocalTimes | null): CsvColumn<SummaryRow>[] {
  if (localTimes === null || (field !== 'from' && field !== 'to')) return [columnOf(field)];
  const value = (row: SummaryRow): string | null => localTimes.of(row[field] ?? null);
  return [columnOf(field), { label: `${field} (${localTimes.zone})`, value }];
}

function columnOf(field: Field): CsvColumn<SummaryRow> {
  if (field === 'deployments') return { label: field, value: (row) => String(row.deployments) };
  const isFigure = FIGURES.includes(field) || field === 'platformRevenue';
  const value = ({ [field]: cell = null }: SummaryRow): string | null =>
    isFigure ? cell : neutralised(cell);
  return { label: field, value, isDecimal: isFigure };
}

function fieldsOf({ groupBy }: RevenueSummary, viewer: Viewer): Field[] {
  const seesAll = viewer.kind === 'everybody';
  const [hasPeriod, hasModule] = [groupBy.some(isUnit), groupBy.includes('module')];
  const ofPeriods: readonly Field[] = [
    'from',
    'to',
    ...(hasModule ? (['moduleId', 'moduleName'] as const) : []),
    ...(groupBy.includes('partner') ? (['partnerId', 'partnerName'] as const) : []),
  ];
  return [
    'key',
    'label',
    ...(hasPeriod ? ofPeriods : []),
    ...(hasModule && seesAll ? (['partnerId'] as const) : []),
    ...FIGURES,
    ...(seesAll ? (['platformRevenue'] as const) : []),
  ];
}
