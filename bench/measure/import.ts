import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client as Connection } from 'pg';
import { Client } from 'undici';
import type { ImportReport } from '../../src/credits/index.js';
import { BenchDatabase } from '../bench-database.js';
import { ndjsonOf } from '../dataset/lines.js';
import type { Figures } from '../goals.js';
import { bareCopyIn, dumpRows } from '../opponents/bare-copy-in.js';
import { bearer, startService } from '../service-process.js';
import { median, rounded, timed_ms } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';
import { ClonedTable } from './cloned-table.js';
import { roundsOf } from './rounds.js';

const READ_AHEAD_BYTES = 1_048_576;
/**
 * Of the lines. The data set's purchases are refunded by its own rough count of what is left; among ten million a handful find it
 * spent by debts, and are refused as they should be.
 */
const REFUSED_MAX = 1 / 1_000_000;

interface Round {
  readonly lines: number;
  readonly refused: number;
  readonly import_s: number;
  readonly copy_s: number;
}

/** import.vs_copy: `POST /api/imports` of the data set's NDJSON against COPY of the ledger rows that it made. */
export async function measureImport(bench: Bench): Promise<Figures> {
  const file = join(bench.folder, 'import.ndjson');
  await pipeline(Readable.from(ndjsonOf(bench.importShape)), createWriteStream(file));
  const rounds: Round[] = [];
  for (let round = 1; round <= roundsOf(bench); round += 1) {
    say(`import: round ${round} of ${roundsOf(bench)}`);
    rounds.push(await measureOnce(bench, file));
  }
  rmSync(file);
  const middle = (pick: (round: Round) => number): number => rounded(median(rounds.map(pick)));
  const raw = {
    deployments: bench.importShape.deployments,
    refused: middle(({ refused }) => refused),
    import_s: middle(({ import_s }) => import_s),
    copy_s: middle(({ copy_s }) => copy_s),
    lines_per_s: middle(({ lines, import_s }) => lines / import_s),
  };
  return { 'import.vs_copy': { value: middle(({ import_s, copy_s }) => import_s / copy_s), raw } };
}

async function measureOnce(bench: Bench, file: string): Promise<Round> {
  const folder = join(bench.folder, 'import');
  const database = await BenchDatabase.open(folder);
  try {
    const { report, import_s } = await importedBy(folder, file);
    say(`import: ${report.lines} lines in ${import_s.toFixed(1)} s; COPY alone`);
    if (report.refused > report.lines * REFUSED_MAX)
      throw new Error(`Lines were refused: ${JSON.stringify(report.refusals.slice(0, 3))}`);
    const copy_ms = await copyLedger(database.owner, join(bench.folder, 'ledger.copy'));
    return { lines: report.lines, refused: report.refused, import_s, copy_s: copy_ms / 1000 };
  } finally {
    await database.close({ remove: true });
  }
}

interface Posted {
  readonly report: ImportReport;
  readonly import_s: number;
}

/** Imports the file into a service of its own, which is stopped again. */
async function importedBy(folder: string, file: string): Promise<Posted> {
  const service = await startService(folder);
  try {
    return await posted(service.url, file);
  } finally {
    await service.stop();
  }
}

async function posted(url: string, file: string): Promise<Posted> {
  const began = performance.now();
  const http = new Client(url, { bodyTimeout: 0, headersTimeout: 0 });
  try {
    const { statusCode, body } = await http.request({
      method: 'POST',
      path: '/api/imports',
      headers: { ...(await bearer('backend', 'platform')), 'content-type': 'application/x-ndjson' },
      body: createReadStream(file, { highWaterMark: READ_AHEAD_BYTES }),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`The import was answered with ${statusCode}: ${text}`);
    const import_s = (performance.now() - began) / 1000;
    return { report: JSON.parse(text) as ImportReport, import_s };
  } finally {
    await http.close();
  }
}

/** Into an empty table with the ledger's own indexes and constraints in place, as the import found it. */
async function copyLedger(owner: Connection, file: string): Promise<number> {
  const columns = await dumpRows(owner, 'credit_entries', file);
  const clone = await ClonedTable.create(owner, 'credit_entries');
  await clone.addIndexes();
  await clone.addForeignKeys();
  const copy_ms = await timed_ms(() => bareCopyIn(owner, clone.name, columns, file));
  await clone.drop();
  rmSync(file);
  return copy_ms;
}
