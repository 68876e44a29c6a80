import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { StartupError } from '../platform/config/index.js';
import type { OpenCsv } from '../platform/csv/index.js';
import { revenueTable, RevenueService, type ReportRequest } from '../revenue/index.js';
import { withApplication } from './command-line.js';

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

/**
 * Writes under another name until the file is complete, so that an aborted export leaves no file that looks complete. A
 * pipe or a device is written to directly, because a rename would replace it by a file.
 */
async function save({ text }: OpenCsv, file: string): Promise<void> {
  const isFile = await stat(file).then(
    (target) => target.isFile(),
    () => true, // it does not exist yet
  );
  const draft = isFile ? `${file}.part` : file;
  try {
    await pipeline(text, createWriteStream(draft));
    if (isFile) await rename(draft, file);
  } catch (error) {
    if (isFile) await rm(draft, { force: true });
    const { code, message, path } = error as NodeJS.ErrnoException;
    if (path === undefined) throw error;
    throw new StartupError(`${file} cannot be written (${code ?? message}). Give --csv another path.`);
  }
}

function requestOf({ partner, from, to, timeZone, module, includeFree }: ReportOptions): ReportRequest {
  return { partnerId: [partner], startDate: from, endDate: to, timeZone, moduleId: module, includeFree };
}
