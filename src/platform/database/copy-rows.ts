import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';

/** One row for COPY in text form: each value as in an SQL literal, null for NULL. */
export type CopyRow = readonly (string | null)[];

/** Size of the text that is written at once: larger chunks are not faster, smaller ones cost more system calls. */
const CHUNK_CHARACTERS = 65_536;

const TO_ESCAPE = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Writes rows to a table with COPY, on the manager's connection and in its transaction: the fastest way, with flat
 * memory.
 *
 * @param table and columns must be names from the code, never from input
 * @throws errors of pg, for example a violated constraint; the statement then wrote nothing
 */
export async function copyRows(
  manager: EntityManager,
  table: string,
  columns: readonly string[],
  rows: Iterable<CopyRow>,
): Promise<void> {
  const client = await connectionOf(manager);
  const target = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(textOf(rows)), target);
}

/**
 * Writes one file in COPY's binary format (BinaryCopyWriter) to a table, in the client's transaction.
 *
 * @param table and columns must be names from the code, never from input
 * @throws errors of pg, for example a violated constraint; the statement then wrote nothing
 */
export async function copyBinary(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  file: readonly Buffer[],
): Promise<void> {
  const target = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(file), target);
}

/** The pg connection of the manager's transaction. */
export async function connectionOf(manager: EntityManager): Promise<PoolClient> {
  const { queryRunner } = manager;
  if (queryRunner === undefined) throw new Error('COPY needs a manager with its own connection.');
  return (await queryRunner.connect()) as PoolClient;
}

function* textOf(rows: Iterable<CopyRow>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    for (let index = 0; index < row.length; index += 1) {
      if (index > 0) chunk += '\t';
      chunk += cellOf(row[index] ?? null);
    }
    chunk += '\n';
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

function cellOf(value: string | null): string {
  if (value === null) return '\\N';
  if (!TO_ESCAPE.test(value)) return value;
  return value.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] as string);
}
