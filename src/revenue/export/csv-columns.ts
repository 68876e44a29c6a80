import { escapeLiteral } from 'pg';
import { decimalCellSql, textCellSql, type CsvDialect } from '../../platform/csv/index.js';
import { localInstantTextSql } from '../../platform/database/index.js';
import type { ReportRow } from '../report/report-row.js';
import type { ShareSql } from '../share/share-sql.js';
import type { Viewer } from '../viewer.js';

/** What the cells of an export need in addition to the row. */
export interface CsvTerms {
  readonly share: ShareSql;
  readonly currency: string;
  /** Zone of an additional column with local times; null: no such column. */
  readonly localZone: string | null;
}

/** A column of a file that PostgreSQL writes. */
export interface SqlColumn {
  readonly label: string;
  /** SQL of the cell, over a ReportRow called `row` that also has `deployed_at`. */
  readonly cell: string;
}

/** The columns of a report's file (docs/contract.md, "Revenue"). Ids need neither quotes nor a leading apostrophe. */
export function csvColumns(
  { share, currency, localZone }: CsvTerms,
  viewer: Viewer,
  { decimalMark }: Pick<CsvDialect, 'decimalMark'>,
): SqlColumn[] {
  const decimal = (sql: string): string => decimalCellSql(sql, decimalMark);
  const text = (name: keyof ReportRow): string => textCellSql(field(name));
  const everyone: SqlColumn[] = [
    { label: 'Deployment ID', cell: field('deploymentId') },
    { label: 'Module Name', cell: text('moduleName') },
    { label: 'Created At', cell: field('createdAt') },
    ...(localZone === null ? [] : [localColumn(localZone)]),
    { label: 'Credit Cost', cell: decimal(field('creditCost')) },
    { label: 'Free Credits', cell: decimal(field('freeCredits')) },
    { label: 'Purchased Credits', cell: decimal(field('purchasedCredits')) },
    { label: 'Gross Revenue', cell: decimal(field('grossRevenue')) },
    { label: 'Partner Revenue Share %', cell: decimal(share.percentAt('row.deployed_at')) },
    { label: 'Revenue', cell: decimal(field('revenue')) },
    { label: 'Currency', cell: escapeLiteral(currency) },
  ];
  const last: SqlColumn[] = [
    { label: 'Unpaid Credits', cell: decimal(field('unpaidCredits')) },
    { label: 'Refunded Credits', cell: decimal(field('refundedCredits')) },
  ];
  if (viewer.kind === 'partner') return [...everyone, ...last];
  return [
    ...everyone,
    { label: 'Partner ID', cell: field('partnerId') },
    { label: 'Partner Email', cell: text('partnerEmail') },
    { label: 'User ID', cell: field('userId') },
    { label: 'User Email', cell: text('userEmail') },
    ...last,
  ];
}

function localColumn(zone: string): SqlColumn {
  const cell = localInstantTextSql('row.deployed_at', field('createdAt'), escapeLiteral(zone));
  return { label: `Created At (${zone})`, cell };
}

function field(name: keyof ReportRow): string {
  return `row."${name}"`;
}
