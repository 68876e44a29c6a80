import { CsvText, neutralised, type CsvColumn, type OpenCsv } from '../../platform/csv/index.js';
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

/** A whole summary as a file: the columns are the fields of its rows, by their names and in their order. */
export function summaryCsv(summary: RevenueSummary, viewer: Viewer): OpenCsv {
  const csv = new CsvText(fieldsOf(summary, viewer).map(columnOf));
  return {
    fileName: exportFileName(summary.filter, `revenue-by-${summary.groupBy.join('-and-')}`),
    text: [csv.header, csv.lines([...summary.data])],
  };
}

function columnOf(field: Field): CsvColumn<SummaryRow> {
  if (field === 'deployments') return { label: field, value: (row) => String(row.deployments) };
  const isFigure = FIGURES.includes(field) || field === 'platformRevenue';
  return { label: field, value: ({ [field]: cell = null }) => (isFigure ? cell : neutralised(cell)) };
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
