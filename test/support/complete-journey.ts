import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { gunzippedIfPacked, ImportService, type ImportReport } from '../../src/credits/index.js';
import type { TestService } from './service.js';

/** Real receipts of 2,377 households: test/data/README.md. */
export const JOURNEY_FILE = join(__dirname, '../data/completejourney.ndjson.gz');

export function readJourneyLines(): string[] {
  return gunzipSync(readFileSync(JOURNEY_FILE)).toString('utf8').trimEnd().split('\n');
}

/** Whether it is the line of a user or a module. */
export function isPerson(line: string): boolean {
  return /^\{"type":"(?:user|module)"/.test(line);
}

export function linesAsStream(lines: readonly string[]): Readable {
  return Readable.from([Buffer.from(lines.join('\n'))]);
}

export function importBytes({ app }: TestService, source: Readable): Promise<ImportReport> {
  const options = { atomic: false, update: false, importer: null };
  return app.get(ImportService, { strict: false }).import(gunzippedIfPacked(source), options);
}

/** Fisher and Yates' shuffle by a small linear congruential generator: the same order in every run. */
export function shuffled(lines: readonly string[], seed: number): string[] {
  const result = [...lines];
  let state = seed;
  for (let last = result.length - 1; last > 0; last -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (last + 1);
    [result[last], result[other]] = [result[other] as string, result[last] as string];
  }
  return result;
}
