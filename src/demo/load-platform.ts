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

/** The contents of a database, from the demo's point of view. */
export type Holding = 'nothing' | 'the demo' | 'something else';

/**
 * The contents of the database. The demo is loaded completely or not at all, so one of its users is enough to detect
 * it.
 *
 * @param hasDemoFolder whether a demo was started with this data folder before
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
 * Imports the demo platform, with a progress bar on standard error.
 *
 * @param end end of its year: a midnight in UTC
 * @returns the number of lines and the time in seconds
 * @throws Error if a line is refused, because then the demo itself is wrong
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
    throw new Error(
      `The service refused ${report.refused} lines of the demo; line ${line}: ${code}: ${reason}`,
    );
  }
  return { lines: report.lines, seconds: (performance.now() - began) / 1_000 };
}

/** @throws StartupError that says what to do about a database with other data */
export function refuseForeignData(dataDirectory: string): never {
  throw new StartupError(
    `The database already contains data that is not the demo's. Serve it with npm start, or give the demo a data folder of its own (DATA_DIR=./demo-data npm run demo). The data folder is ${dataDirectory}.`,
  );
}

function* ndjson(records: readonly ImportRecord[]): Generator<Uint8Array> {
  for (let from = 0; from < records.length; from += LINES_PER_PIECE) {
    const piece = records.slice(from, from + LINES_PER_PIECE);
    yield Buffer.from(piece.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }
}
