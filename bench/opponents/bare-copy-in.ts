import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

const READ_AHEAD_BYTES = 1_048_576;

/** A table's rows as COPY's text in a file, to be copied in again; what PostgreSQL generates is left out. */
export async function dumpRows(client: Client, table: string, file: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''`,
    [table],
  );
  const columns = rows[0]?.columns ?? '';
  await pipeline(client.query(copyTo(`COPY ${table} (${columns}) TO STDOUT`)), createWriteStream(file));
  return columns;
}

/** COPY FROM STDIN out of a file, alone. */
export async function bareCopyIn(
  client: Client,
  table: string,
  columns: string,
  file: string,
): Promise<void> {
  const copy = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
  await pipeline(createReadStream(file, { highWaterMark: READ_AHEAD_BYTES }), copy);
}
