import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { showProgress } from '../cli/progress.js';
import { ImportService } from '../credits/index.js';
import type { Instant } from '../domain/index.js';
import { ModuleEntity } from '../modules/index.js';
import { StartupError } from '../platform/config/index.js';
import { UserEntity } from '../users/index.js';
import { demoPlatform, STAFF, type ImportRecord } from './platform/index.js';

const LINES_PER_PIECE = 500;

/** What a database holds, as the demo sees it. */
export type Holding = 'nothing' | 'the demo' | 'something else';

/**
 * What the database holds. The demo is loaded as a whole or not at all, so one of its people stands for all of it.
 *
 * @param hasDemoFolder whether a demo was started on this data folder before
 */
export async function holdingOf(app: INestApplicationContext, hasDemoFolder: boolean): Promise<Holding> {
  const { manager } = app.get<DataSource>(getDataSourceToken());
  const isThere = await manager.existsBy(
    UserEntity,
    STAFF.map(({ id }) => ({ id })),
  );
  if (isThere && hasDemoFolder) return 'the demo';
  const isEmpty = !(await manager.exists(UserEntity)) && !(await manager.exists(ModuleEntity));
  return isEmpty ? 'nothing' : 'something else';
}

/**
 * Imports the demo platform, with a bar of progress on standard error.
 *
 * @param end the midnight, UTC, where its year ends
 * @returns how many lines, and in how many seconds
 * @throws Error where a line is refused: the demo itself is wrong
 */
export async function loadPlatform(
  app: INestApplicationContext,
  end: Instant,
): Promise<{ readonly lines: number; readonly seconds: number }> {
  const began = performance.now();
  const records = demoPlatform(end);
  const progress = showProgress('lines');
  const report = await app
    .get(ImportService)
    .import(Readable.from(ndjson(records)), {
      atomic: true,
      update: false,
      importer: null,
      onProgress: ({ phase, done, total }) => progress.update(phase, done, total),
    })
    .finally(() => progress.stop());
  const [refusal] = report.refusals;
  if (refusal !== undefined) {
    const { line, code, reason } = refusal;
    throw new Error(`${report.refused} lines of the demo were refused; line ${line}: ${code}: ${reason}`);
  }
  return { lines: report.lines, seconds: (performance.now() - began) / 1_000 };
}

/** @throws StartupError that says what to do about a database with other people's data */
export function refuseForeignData(dataDirectory: string): never {
  throw new StartupError(
    `The database already holds data that is not the demo's; serve it with npm start, or give the demo a folder of its own (DATA_DIR=./demo-data npm run demo). The folder now is ${dataDirectory}.`,
  );
}

function* ndjson(records: readonly ImportRecord[]): Generator<Uint8Array> {
  for (let from = 0; from < records.length; from += LINES_PER_PIECE) {
    const piece = records.slice(from, from + LINES_PER_PIECE);
    yield Buffer.from(piece.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }
}
