import { neutralised, type CsvColumn } from '../../platform/csv/index.js';
import type { ReportRow } from '../report/report-row.js';
import type { Viewer } from '../viewer.js';

/** What every row of an export says beside its own figures. */
export interface CsvTerms {
  /** Percent, canonical. */
  readonly partnerRevenueShare: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** The columns of a report's file (docs/contract.md, "Revenue"). */
export function csvColumns(
  { partnerRevenueShare, currency }: CsvTerms,
  viewer: Viewer,
): CsvColumn<ReportRow>[] {
  const everyone: CsvColumn<ReportRow>[] = [
    { label: 'Deployment ID', value: (row) => neutralised(row.deploymentId) },
    { label: 'Module Name', value: (row) => neutralised(row.moduleName) },
    { label: 'Created At', value: (row) => row.createdAt },
    { label: 'Credit Cost', value: (row) => row.creditCost },
    { label: 'Free Credits', value: (row) => row.freeCredits },
    { label: 'Purchased Credits', value: (row) => row.purchasedCredits },
    { label: 'Gross Revenue', value: (row) => row.grossRevenue },
    { label: 'Partner Revenue Share %', value: () => partnerRevenueShare },
    { label: 'Revenue', value: (row) => row.revenue },
    { label: 'Currency', value: () => currency },
  ];
  if (viewer.kind === 'partner') return everyone;
  return [
    ...everyone,
    { label: 'Partner ID', value: (row) => neutralised(row.partnerId ?? null) },
    { label: 'Partner Email', value: (row) => neutralised(row.partnerEmail ?? null) },
    { label: 'User ID', value: (row) => neutralised(row.userId ?? null) },
    { label: 'User Email', value: (row) => neutralised(row.userEmail ?? null) },
  ];
}
