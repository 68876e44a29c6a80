import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { ImportService, type ImportOptions, type ImportReport } from '../../src/credits/index.js';

/** A record of the import format, as a test writes it. */
export type TestRecord = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Records as the bytes of an import. */
export function ndjson(records: readonly (TestRecord | string)[]): Buffer {
  return Buffer.from(
    records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n'),
  );
}

/** Imports records through the real service, by default as the operator. */
export function importRecords(
  app: INestApplicationContext,
  records: readonly (TestRecord | string)[],
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return app.get(ImportService, { strict: false }).import(Readable.from([ndjson(records)]), {
    atomic: false,
    update: false,
    importer: null,
    ...options,
  });
}
