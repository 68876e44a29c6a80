import {
  gunzippedIfPacked,
  ImportService,
  REFUSALS_NAMED_MAX,
  type ImportOptions,
  type ImportReport,
} from '../credits/index.js';
import { withApplication } from './command-line.js';
import { openInput } from './input-file.js';
import { showProgress } from './progress.js';

export type ImportFlags = Pick<ImportOptions, 'atomic' | 'update'>;

/** Imports a platform's history from a file or a pipe. */
export async function importHistory(file: string, flags: ImportFlags): Promise<void> {
  const report = await importFile(file, flags);
  if (report.refused > 0) process.exitCode = 1;
}

async function importFile(file: string, flags: ImportFlags): Promise<ImportReport> {
  const source = await openInput(file, '.ndjson');
  const progress = showProgress('lines');
  const began = process.hrtime.bigint();
  const report = await withApplication((app) =>
    app.get(ImportService).import(gunzippedIfPacked(source), {
      ...flags,
      importer: null,
      onProgress: ({ phase, done, total }) => progress.update(phase, done, total),
    }),
  ).finally(() => progress.stop());
  print(report, flags.atomic, Number(process.hrtime.bigint() - began) / 1e9);
  return report;
}

function print(report: ImportReport, atomic: boolean, seconds: number): void {
  for (const { line, type, id, code, reason } of report.refusals) {
    const what = [type, id].filter((part) => part !== null).join(' ');
    console.error(`line ${line}${what === '' ? '' : ` (${what})`}: ${code}: ${reason}`);
  }
  if (report.refused > REFUSALS_NAMED_MAX)
    console.error(`... and ${report.refused - REFUSALS_NAMED_MAX} more refused lines`);
  const types = Object.entries(report.types).filter(([, tally]) =>
    Object.values(tally).some((count) => count > 0),
  );
  for (const [type, { added, known, changed, refused }] of types) {
    console.log(
      `${type.padEnd(15)} ${String(added).padStart(9)} added ${String(known).padStart(9)} known ` +
        `${String(changed).padStart(9)} changed ${String(refused).padStart(9)} refused`,
    );
  }
  if (report.unreadable > 0)
    console.log(`${'unreadable'.padEnd(15)} ${String(report.unreadable).padStart(51)} refused`);
  const rate = Math.round(report.lines / Math.max(seconds, 0.001));
  console.log(`${report.lines} lines in ${seconds.toFixed(1)} s, ${rate} lines per second`);
  if (atomic && report.refused > 0)
    console.log('Nothing was imported, because lines were refused and --atomic imports all lines or none.');
}
