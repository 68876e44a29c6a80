import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { parseInstant } from '../domain/index.js';
import { StartupError } from '../platform/config/index.js';
import type { OpenCsv } from '../platform/csv/index.js';
import { isDay } from '../platform/validation/index.js';
import { revenueTable, RevenueService, type ReportRequest } from '../revenue/index.js';
import { platformId } from './arguments.js';
import { withApplication } from './command-line.js';

const ROWS_DEFAULT = 20;
const ROWS_MAX = 500;

interface ReportOptions {
  readonly partner: string;
  readonly from?: string;
  readonly to?: string;
  readonly timeZone?: string;
  readonly module?: string[];
  readonly includeFree: boolean;
  readonly rows: number;
  readonly csv?: string;
}

/** `report --partner ID`: a partner's Module Revenue table, or its CSV, exactly as the partner would get it. */
export function registerReportCommand(program: Command): void {
  program
    .command('report')
    .description("print a partner's revenue as a table, or write it to a CSV file")
    .requiredOption('--partner <id>', 'whose modules', platformId)
    .option('--from <date>', 'first day (2026-05-01), or an instant with an offset', dayOrInstant)
    .option('--to <date>', 'last day, included; or an instant, excluded', dayOrInstant)
    .option('--time-zone <name>', 'IANA zone that days are meant in; default: the variable timeZone')
    .option('--module <id>', 'only this module; may be repeated', idAlso)
    .option('--include-free', 'also deployments that gave no revenue', false)
    .option(
      '--rows <count>',
      `rows of the table, the latest first, up to ${ROWS_MAX}`,
      rowCount,
      ROWS_DEFAULT,
    )
    .option('--csv <file>', 'write all rows to this file instead')
    .action((options: ReportOptions) =>
      withApplication(async (app) => {
        const revenue = app.get(RevenueService, { strict: false });
        console.log(
          await (options.csv === undefined ? print(revenue, options) : write(revenue, options, options.csv)),
        );
      }),
    );
}

/** What the operator names has to exist; a partner's own view would not say that it does not. */
async function print(revenue: RevenueService, options: ReportOptions): Promise<string> {
  const request = requestOf(options);
  const everybody = { kind: 'everybody' } as const;
  const report = await revenue.report({ ...request, limit: options.rows }, everybody);
  if (report.data.length > 0) return revenueTable(report);
  const { partnerId, moduleId } = request;
  const latest = await revenue.report({ partnerId, moduleId, limit: 1 }, everybody);
  return revenueTable(report, latest.data[0]?.createdAt ?? null);
}

async function write(revenue: RevenueService, options: ReportOptions, file: string): Promise<string> {
  const request = requestOf(options);
  await revenue.report({ ...request, limit: 1 }, { kind: 'everybody' });
  await revenue.exportCsv(request, { kind: 'partner', partnerId: options.partner }, (csv) => save(csv, file));
  return `The report is in ${file}.`;
}

/**
 * Writes the file under another name until it is whole: an export that breaks off leaves nothing that looks like one. A
 * pipe or a device is written to as it is, since a rename would put a file in its place.
 */
async function save({ text }: OpenCsv, file: string): Promise<void> {
  const isFile = await stat(file).then(
    (target) => target.isFile(),
    () => true, // nothing is there yet
  );
  const draft = isFile ? `${file}.part` : file;
  try {
    await pipeline(text, createWriteStream(draft));
    if (isFile) await rename(draft, file);
  } catch (error) {
    if (isFile) await rm(draft, { force: true });
    const { code, message, path } = error as NodeJS.ErrnoException;
    if (path === undefined) throw error;
    throw new StartupError(`${file} cannot be written (${code ?? message}); give --csv another path.`);
  }
}

function requestOf({ partner, from, to, timeZone, module, includeFree }: ReportOptions): ReportRequest {
  return { partnerId: [partner], startDate: from, endDate: to, timeZone, moduleId: module, includeFree };
}

function idAlso(text: string, others: string[] = []): string[] {
  return [...others, platformId(text)];
}

function dayOrInstant(text: string): string {
  if (!isDay(text) && parseInstant(text) === null) {
    throw new InvalidArgumentError(
      'Give an existing day like 2026-05-01, or an instant like 2026-05-01T09:30:00Z.',
    );
  }
  return text;
}

function rowCount(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > ROWS_MAX) throw new InvalidArgumentError(`Give a number from 1 to ${ROWS_MAX}.`);
  return count;
}
