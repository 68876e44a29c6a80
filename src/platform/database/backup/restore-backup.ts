import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { StartupError } from '../../config/startup-error.js';
import type { DatabaseSchema } from '../database-schema.js';
import { readMigrations } from '../executed-migrations.js';
import { migrate, migrateUpTo } from '../migrate.js';
import { connectOwner } from '../owner-connection.js';
import { readSequences, readTables } from './backed-up-tables.js';
import {
  BACKUP_FORMAT,
  cutOff,
  decodePieces,
  notABackup,
  type BackedUpTable,
  type Ending,
  type Manifest,
  type Piece,
} from './backup-format.js';
import { withoutInsertTriggers } from './insert-triggers.js';
import type { BackupSummary } from './write-backup.js';

/** The database to restore into. */
export interface RestoreTarget {
  /** Address of the role that owns the tables; the database must contain no data. */
  readonly ownerUrl: string;
  /** Name of the role that answers requests. */
  readonly serviceRole: string;
  readonly schema: DatabaseSchema;
}

/**
 * Restores a backup: runs the migrations that created its tables, fills the tables in one transaction, then runs the
 * later migrations. If it fails, the database contains no rows, and the caller can try again.
 *
 * @throws StartupError if the database contains data, or if the file is not a complete backup or has a later version
 */
export async function restoreBackup(
  source: Readable,
  { ownerUrl, serviceRole, schema }: RestoreTarget,
  onProgress: (rows: number) => void,
): Promise<BackupSummary> {
  const pieces = decodePieces(unpacked(source));
  const manifest = inMigrationsOfNow(await firstPiece(pieces), schema);
  const client = await connectOwner(ownerUrl);
  try {
    await assertFit(client, manifest, schema);
    await migrateUpTo(ownerUrl, manifest.migrations, schema);
    const loading = new Loading(client, manifest, schema, onProgress);
    await client.query('BEGIN');
    await loading.load(pieces).catch((error: unknown) => {
      throw damagedOr(error);
    });
    await client.query('COMMIT');
    await migrate(ownerUrl, serviceRole, schema);
    await client.query(
      `ANALYZE ${manifest.tables.map(({ name }) => client.escapeIdentifier(name)).join(', ')}`,
    );
    return { takenAt: manifest.takenAt, tables: manifest.tables.length, rows: loading.rows };
  } finally {
    await client.end(); // also rolls back an open transaction
  }
}

/** If PostgreSQL rejects rows (SQLSTATE classes 22 and 23), PostgreSQL did not write them: the backup is damaged. */
function damagedOr(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message: string };
  if (typeof code !== 'string' || !/^2[23]/.test(code)) return error;
  return new StartupError(`The backup is damaged (${message}). Nothing was restored.`);
}

async function* unpacked(source: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  pipeline(source, gunzip).catch(() => {}); // the loop below receives the error from gunzip
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw cutOff();
    if (code === 'Z_DATA_ERROR') throw notABackup();
    throw error;
  }
}

async function firstPiece(pieces: AsyncIterator<Piece>): Promise<Manifest> {
  const first = await pieces.next();
  if (first.done === true || !('manifest' in first.value)) throw notABackup();
  const { manifest } = first.value;
  const format: number = manifest.format;
  if (format !== BACKUP_FORMAT) {
    throw new StartupError(
      `The backup has format ${format}; this version reads format ${BACKUP_FORMAT}. Restore it with the version that wrote it.`,
    );
  }
  return manifest;
}

/** Maps the migrations of a backup from before the first release to those that replaced them. */
function inMigrationsOfNow(manifest: Manifest, { squashed }: DatabaseSchema): Manifest {
  const { migrations } = manifest;
  if (!squashed.names.some((name) => migrations.includes(name))) return manifest;
  const missing = squashed.names.find((name) => !migrations.includes(name));
  if (missing === undefined) {
    const { into, renamedColumns } = squashed;
    const tables = manifest.tables.map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => renamedColumns[`${name}.${column}`] ?? column),
    }));
    return { ...manifest, migrations: into, tables };
  }
  throw new StartupError(
    `The backup was written by a version before 0.1.0 without the migration ${missing}. Restore it with that version, update to the last version before 0.1.0, and make a new backup there.`,
  );
}

async function assertFit(client: Client, manifest: Manifest, schema: DatabaseSchema): Promise<void> {
  const known = new Set(schema.migrations.map((migration) => migration.name));
  const unknown = manifest.migrations.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new StartupError(
      `The backup was written by a later version (it contains the migration ${unknown}). Restore it with that version or a later one.`,
    );
  }
  for (const { name } of await readTables(client, schema)) {
    if (schema.seededTables.includes(name)) continue;
    const { rowCount } = await client.query(`SELECT FROM ${client.escapeIdentifier(name)} LIMIT 1`);
    if (rowCount === 0) continue;
    throw new StartupError(
      `The database already contains data (in ${name}). Restore into an empty folder (DATA_DIR) or an empty database.`,
    );
  }
  const later = (await readMigrations(client)).find((name) => !manifest.migrations.includes(name));
  if (later !== undefined) {
    throw new StartupError(
      `The database is of a later version than the backup (${later}). Restore into an empty folder (DATA_DIR) or an empty database.`,
    );
  }
}

/** Fills the tables, in the client's transaction. */
class Loading {
  rows = 0;
  private readonly counts: Record<string, number> = {};
  private current: OpenTable | null = null;

  constructor(
    private readonly client: Client,
    private readonly manifest: Manifest,
    private readonly schema: DatabaseSchema,
    private readonly onProgress: (rows: number) => void,
  ) {}

  async load(pieces: AsyncIterable<Piece>): Promise<void> {
    const tables = await this.assertSameTables();
    for (const name of this.schema.seededTables) await this.client.query(`DELETE FROM ${name}`);
    await withoutInsertTriggers(this.client, async () => {
      for await (const piece of pieces) {
        if ('table' in piece) await this.add(tables, piece.table, piece.rows);
        else if ('end' in piece) await this.finish(piece.end);
        else throw notABackup();
      }
    });
  }

  private async assertSameTables(): Promise<Map<string, BackedUpTable>> {
    const there = new Map(
      (await readTables(this.client, this.schema)).map(({ name, columns }) => [name, new Set(columns)]),
    );
    for (const { name, columns } of this.manifest.tables) {
      const missing = there.has(name) ? columns.find((column) => !there.get(name)?.has(column)) : '';
      if (missing === undefined) continue;
      throw new StartupError(
        `The backup has ${missing === '' ? 'the table' : `the column ${missing} of`} ${name}, which does not exist in this version. Restore with pg_restore from a dump of that database.`,
      );
    }
    return new Map(this.manifest.tables.map((table) => [table.name, table]));
  }

  private async add(tables: ReadonlyMap<string, BackedUpTable>, name: string, rows: Buffer): Promise<void> {
    if (this.current?.name !== name) {
      await this.endTable();
      const table = tables.get(name);
      if (table === undefined || name in this.counts) throw notABackup();
      const columns = table.columns.map((column) => this.client.escapeIdentifier(column)).join(', ');
      const stream = this.client.query(
        copyFrom(`COPY ${this.client.escapeIdentifier(name)} (${columns}) FROM STDIN`),
      );
      this.current = { name, stream, failed: failureOf(stream) };
    }
    const { stream, failed } = this.current;
    if (!stream.write(rows)) await Promise.race([once(stream, 'drain'), failed]);
  }

  private async endTable(): Promise<void> {
    if (this.current === null) return;
    const { name, stream, failed } = this.current;
    const ended = once(stream, 'finish');
    stream.end();
    await Promise.race([ended, failed]);
    this.counts[name] = stream.rowCount ?? 0;
    this.current = null;
    this.onProgress((this.rows += stream.rowCount ?? 0));
  }

  private async finish({ rows, sequences }: Ending): Promise<void> {
    await this.endTable();
    const wrong = this.manifest.tables.find(({ name }) => (this.counts[name] ?? 0) !== rows[name]);
    if (wrong !== undefined) {
      throw new StartupError(
        `The backup is damaged: ${wrong.name} has ${this.counts[wrong.name] ?? 0} rows instead of ${rows[wrong.name]}. Nothing was restored.`,
      );
    }
    for (const { column, sequence } of await readSequences(this.client, this.schema)) {
      if (sequences[column] === undefined) continue;
      await this.client.query('SELECT setval($1::regclass, $2::bigint)', [sequence, sequences[column]]);
    }
  }
}

/** A table that is being filled. */
interface OpenTable {
  readonly name: string;
  readonly stream: CopyStreamQuery;
  /** Rejects when the COPY fails, at any time. */
  readonly failed: Promise<never>;
}

function failureOf(stream: CopyStreamQuery): Promise<never> {
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  failed.catch(() => {}); // the code that awaits it receives the error
  return failed;
}
