import { CsvText, neutralised, type CsvColumn } from '../../src/platform/csv/index.js';
import { localTimeOf } from './local-time.js';
import type { Report, Row } from './revenue-client.js';

/**
 * A report's file as json2csv writes it from the rows of the JSON report. The service's file must have the same bytes.
 */
export function json2csvReport(
  rows: readonly Row[],
  { currency }: Pick<Report, 'currency'>,
  columns: 'all' | 'of a partner',
  localZone: string | null,
): string {
  const local: CsvColumn<Row>[] =
    localZone === null
      ? []
      : [{ label: `Created At (${localZone})`, value: (row) => localTimeOf(row.createdAt, localZone) }];
  const everyone: CsvColumn<Row>[] = [
    { label: 'Deployment ID', value: (row) => neutralised(row.deploymentId) },
    { label: 'Module Name', value: (row) => neutralised(row.moduleName) },
    { label: 'Created At', value: (row) => row.createdAt },
    ...local,
    { label: 'Credit Cost', value: (row) => row.creditCost },
    { label: 'Free Credits', value: (row) => row.freeCredits },
    { label: 'Purchased Credits', value: (row) => row.purchasedCredits },
    { label: 'Gross Revenue', value: (row) => row.grossRevenue },
    { label: 'Partner Revenue Share %', value: (row) => row.partnerRevenueShare },
    { label: 'Revenue', value: (row) => row.revenue },
    { label: 'Currency', value: () => currency },
  ];
  const finance: CsvColumn<Row>[] = [
    { label: 'Partner ID', value: (row) => neutralised(row.partnerId ?? null) },
    { label: 'Partner Email', value: (row) => neutralised(row.partnerEmail ?? null) },
    { label: 'User ID', value: (row) => neutralised(row.userId ?? null) },
    { label: 'User Email', value: (row) => neutralised(row.userEmail ?? null) },
  ];
  const last: CsvColumn<Row>[] = [
    { label: 'Unpaid Credits', value: (row) => row.unpaidCredits },
    { label: 'Refunded Credits', value: (row) => row.refundedCredits },
  ];
  const csv = new CsvText([...everyone, ...(columns === 'all' ? finance : []), ...last]);
  return csv.header + csv.lines([...rows]);
}
