import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { StartupError } from '../../config/startup-error.js';
import type { DatabaseSchema } from '../database-schema.js';
import { readMigrations } from '../executed-migrations.js';
import { connectOwner } from '../owner-connection.js';
import { lockSwapGate } from '../snapshot.js';
import { readSequences, readTables } from './backed-up-tables.js';
import { BACKUP_FORMAT, encodePiece, type BackedUpTable, type Manifest } from './backup-format.js';

/** Approximate size of a piece of rows. */
const PIECE_BYTES = 1 << 20;

/** Result of writing or restoring a backup. */
export interface BackupSummary {
  readonly takenAt: string;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes every row of every table from one snapshot while the service runs. The output is a gzip stream
 * (backup-format.ts); the target sets the pace, and memory stays flat.
 *
 * @param ownerUrl address of the role that owns the tables
 * @throws StartupError if the database was never migrated
 * @throws errors of the connection or of the target; the target then contains no complete backup
 */
export async function writeBackup(
  ownerUrl: string,
  schema: DatabaseSchema,
  target: Writable,
  onProgress: (rows: number) => void,
): Promise<BackupSummary> {
  const client = await connectOwner(ownerUrl);
  try {
    const manifest = await beginSnapshot(client, schema);
    let rows = 0;
    const counted = (more: number): void => onProgress((rows += more));
    await pipeline(Readable.from(pieces(client, schema, manifest, counted)), createGzip(), target);
    return { takenAt: manifest.takenAt, tables: manifest.tables.length, rows };
  } finally {
    await client.end();
  }
}

/** A rebuild that is about to swap its tables in waits until this session ends. */
async function beginSnapshot(client: Client, schema: DatabaseSchema): Promise<Manifest> {
  const migrations = await readMigrations(client);
  if (migrations.length === 0) {
    throw new StartupError(
      'There is nothing to back up: the database has no tables yet. Check DATA_DIR or DATABASE_URL.',
    );
  }
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${lockSwapGate(schema)}`);
  const { rows } = await client.query<{ takenAt: string }>(
    `SELECT to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "takenAt"`,
  );
  return {
    format: BACKUP_FORMAT,
    takenAt: rows[0]?.takenAt ?? '',
    migrations,
    tables: await readTables(client, schema),
  };
}

async function* pieces(
  client: Client,
  schema: DatabaseSchema,
  manifest: Manifest,
  onRows: (rows: number) => void,
): AsyncGenerator<Buffer> {
  yield encodePiece({ manifest });
  const rows: Record<string, number> = {};
  for (const table of manifest.tables) {
    rows[table.name] = yield* rowsOf(client, table);
    onRows(rows[table.name] ?? 0);
  }
  yield encodePiece({ end: { rows, sequences: await lastNumbers(client, schema) } });
}

async function* rowsOf(client: Client, { name, columns }: BackedUpTable): AsyncGenerator<Buffer, number> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  // COPY of a query, because COPY TO does not read a partitioned table by name.
  const stream = client.query(
    copyTo(`COPY (SELECT ${list} FROM ${client.escapeIdentifier(name)}) TO STDOUT`),
  );
  stream.on('error', () => {}); // the connection can fail after the reader has gone
  let gathered: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    gathered.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes < PIECE_BYTES) continue;
    yield encodePiece({ table: name, rows: Buffer.concat(gathered) });
    [gathered, bytes] = [[], 0];
  }
  if (bytes > 0) yield encodePiece({ table: name, rows: Buffer.concat(gathered) });
  return stream.rowCount ?? 0;
}

/** Reads the sequences last, because they are not part of the snapshot; values that are too high do no harm. */
async function lastNumbers(client: Client, schema: DatabaseSchema): Promise<Record<string, string>> {
  const numbers: Record<string, string> = {};
  for (const { column, sequence } of await readSequences(client, schema)) {
    const { rows } = await client.query<{ last: string }>(
      `SELECT last_value AS last FROM ${sequence} WHERE is_called`,
    );
    if (rows[0] !== undefined) numbers[column] = rows[0].last;
  }
  return numbers;
}
