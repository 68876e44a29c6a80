import {
  csvDialect,
  csvFileName,
  CsvText,
  neutralised,
  type CsvColumn,
  type CsvForm,
  type OpenCsv,
} from '../../platform/csv/index.js';
import type { Payout, Payouts } from '../payments/payouts.service.js';

const DECIMALS = [
  'purchasedCredits',
  'grossRevenue',
  'revenue',
  'adjustments',
  'opening',
  'due',
  'payable',
  'paid',
  'open',
  'netOpen',
] as const;

/** A payout list as CSV: the fields of its rows, under their JSON names, and the currency. */
export function payoutsCsv({ month, currency, data }: Payouts, form: CsvForm | undefined): OpenCsv {
  const columns: CsvColumn<Payout>[] = [
    { label: 'statementId', value: ({ statementId }) => statementId },
    { label: 'partnerId', value: ({ partnerId }) => partnerId },
    { label: 'email', value: ({ email }) => neutralised(email) },
    { label: 'deployments', value: ({ deployments }) => String(deployments) },
    ...DECIMALS.map((name) => ({ label: name, value: (row: Payout) => row[name], isDecimal: true })),
    { label: 'currency', value: () => currency },
  ];
  const csv = new CsvText(columns, csvDialect(form));
  return { fileName: csvFileName(['payouts', month]), text: [csv.header, csv.lines([...data])] };
}
