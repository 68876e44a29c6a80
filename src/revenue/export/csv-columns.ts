import { escapeLiteral } from 'pg';
import { formatRevenueShare, type RevenueShare } from '../../domain/index.js';
import { textCellSql } from '../../platform/csv/index.js';
import type { ReportRow } from '../report/report-row.js';
import type { Viewer } from '../viewer.js';

/** What every row of an export says beside its own figures. */
export interface CsvTerms {
  readonly partnerRevenueShare: RevenueShare;
  /** ISO 4217. */
  readonly currency: string;
}

/** A column of a file that PostgreSQL writes. */
export interface SqlColumn {
  readonly label: string;
  /** The cell, over a ReportRow called `row`. */
  readonly cell: string;
}

/** The columns of a report's file (docs/contract.md, "Revenue"). Ids need neither quotes nor an apostrophe. */
export function csvColumns({ partnerRevenueShare, currency }: CsvTerms, viewer: Viewer): SqlColumn[] {
  const share = escapeLiteral(formatRevenueShare(partnerRevenueShare));
  const everyone: SqlColumn[] = [
    { label: 'Deployment ID', cell: field('deploymentId') },
    { label: 'Module Name', cell: textCellSql(field('moduleName')) },
    { label: 'Created At', cell: field('createdAt') },
    { label: 'Credit Cost', cell: field('creditCost') },
    { label: 'Free Credits', cell: field('freeCredits') },
    { label: 'Purchased Credits', cell: field('purchasedCredits') },
    { label: 'Gross Revenue', cell: field('grossRevenue') },
    { label: 'Partner Revenue Share %', cell: share },
    { label: 'Revenue', cell: field('revenue') },
    { label: 'Currency', cell: escapeLiteral(currency) },
  ];
  if (viewer.kind === 'partner') return everyone;
  return [
    ...everyone,
    { label: 'Partner ID', cell: field('partnerId') },
    { label: 'Partner Email', cell: textCellSql(field('partnerEmail')) },
    { label: 'User ID', cell: field('userId') },
    { label: 'User Email', cell: textCellSql(field('userEmail')) },
  ];
}

function field(name: keyof ReportRow): string {
  return `row."${name}"`;
}
