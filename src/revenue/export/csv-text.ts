import { Parser } from '@json2csv/plainjs';
import type { ReportRow } from '../report/report-row.js';
import type { Viewer } from '../viewer.js';
import { neutralised, quoted } from './csv-cell.js';

/** RFC 4180, 2.1. */
const LINE_END = '\r\n';

/** What every row of an export says beside its own figures. */
export interface CsvTerms {
  /** Percent, canonical. */
  readonly partnerRevenueShare: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** Writes rows as CSV (contract.md, "Revenue"): the header once, then as many rows at a time as the caller has. */
export class CsvText {
  /** The first line, with its end. */
  readonly header: string;
  private readonly parser: Parser<ReportRow, ReportRow>;

  constructor(terms: CsvTerms, viewer: Viewer) {
    const fields = columns(terms, viewer);
    this.header = `${fields.map(({ label }) => quoted(label)).join(',')}${LINE_END}`;
    this.parser = new Parser<ReportRow, ReportRow>({
      fields,
      header: false,
      eol: LINE_END,
      formatters: { string: quoted, object: () => '' }, // the only object that rows hold is null
    });
  }

  /** Lines of these rows, each with its end; empty for none. */
  lines(rows: ReportRow[]): string {
    return rows.length === 0 ? '' : this.parser.parse(rows) + LINE_END;
  }
}

interface Column {
  readonly label: string;
  readonly value: (row: ReportRow) => string | null;
}

/** Figures and instants go out as they are; whatever somebody has named goes through `neutralised`. */
function columns({ partnerRevenueShare, currency }: CsvTerms, viewer: Viewer): Column[] {
  const everyone: Column[] = [
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
