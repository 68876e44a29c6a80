import { revenueTable, RevenueService, type ReportRequest } from '../revenue/index.js';
import { withApplication } from './command-line.js';
import { save } from './saved-file.js';

export interface ReportOptions {
  readonly partner: string;
  readonly from?: string;
  readonly to?: string;
  readonly timeZone?: string;
  readonly module?: string[];
  readonly includeFree: boolean;
  readonly rows: number;
  readonly csv?: string;
}

/** Prints a partner's Module Revenue table, or writes its CSV, exactly as the partner would get it. */
export function report(options: ReportOptions): Promise<void> {
  return withApplication(async (app) => {
    const revenue = app.get(RevenueService, { strict: false });
    console.log(
      await (options.csv === undefined ? print(revenue, options) : write(revenue, options, options.csv)),
    );
  });
}

/** Uses the operator's view, which reports an unknown partner or module; a partner's own view would not. */
async function print(revenue: RevenueService, options: ReportOptions): Promise<string> {
  const request = requestOf(options);
  const everybody = { kind: 'everybody' } as const;
  const found = await revenue.report({ ...request, limit: options.rows }, everybody);
  const shares = await revenue.sharesInWords(found);
  if (found.data.length > 0) return revenueTable(found, shares);
  const { partnerId, moduleId } = request;
  const latest = await revenue.report({ partnerId, moduleId, limit: 1 }, everybody);
  return revenueTable(found, shares, latest.data[0]?.createdAt ?? null);
}

async function write(revenue: RevenueService, options: ReportOptions, file: string): Promise<string> {
  const request = requestOf(options);
  await revenue.report({ ...request, limit: 1 }, { kind: 'everybody' });
  await revenue.exportCsv(request, { kind: 'partner', partnerId: options.partner }, (csv) => save(csv, file));
  return `The report is in ${file}.`;
}

function requestOf({ partner, from, to, timeZone, module, includeFree }: ReportOptions): ReportRequest {
  return { partnerId: [partner], startDate: from, endDate: to, timeZone, moduleId: module, includeFree };
}
