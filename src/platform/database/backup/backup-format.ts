import { StartupError } from '../../config/startup-error.js';

/** The version of this format; other versions are refused. */
export const BACKUP_FORMAT = 1;

/** The first piece of a backup. */
export interface Manifest {
  readonly format: typeof BACKUP_FORMAT;
  /** The backup contains every commit up to this time; ISO 8601 in UTC. */
  readonly takenAt: string;
  /** Names of the migrations that created its tables, in their order. */
  readonly migrations: readonly string[];
  /** Sorted so that a row references only rows of its own or earlier tables. */
  readonly tables: readonly BackedUpTable[];
}

export interface BackedUpTable {
  readonly name: string;
  /** Stored columns only; generated columns are computed again on restore. */
  readonly columns: readonly string[];
}

/** The last piece of a backup. If it is missing, the file was cut off. */
export interface Ending {
  /** Number of rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The last value of each identity column's sequence, by `table.column`. */
  readonly sequences: Readonly<Record<string, string>>;
}

/**
 * One piece of a backup. The file is a gzip stream of JSON lines, one line for each piece. The line of a table's rows
 * contains their length in bytes; the rows follow in COPY's text format and end with a line feed. `zcat` therefore
 * shows the content.
 */
export type Piece =
  | { readonly manifest: Manifest }
  | { readonly table: string; readonly rows: Buffer }
  | { readonly end: Ending };

const LINE_FEED = 0x0a;
/** Limits that are far above the longest line and the largest piece that `writeBackup` writes. */
const LINE_BYTES_MAX = 1 << 20;
const PIECE_BYTES_MAX = 1 << 24;

export function encodePiece(piece: Piece): Buffer {
  if (!('table' in piece)) return Buffer.from(`${JSON.stringify(piece)}\n`);
  const { table, rows } = piece;
  return Buffer.concat([
    Buffer.from(`${JSON.stringify({ table, bytes: rows.length })}\n`),
    rows,
    Buffer.of(LINE_FEED),
  ]);
}

/**
 * Reads the pieces of an unpacked backup; memory contains one piece at a time.
 *
 * @throws StartupError if the input is not a backup or is cut off
 */
export async function* decodePieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  const input = new Input(bytes);
  for (;;) {
    const line = await input.line();
    if (line === null) throw cutOff();
    const head = headOf(line);
    if ('bytes' in head) {
      yield { table: head.table, rows: await input.take(head.bytes) };
      if ((await input.line())?.length !== 0) throw notABackup();
    } else {
      // Read to the very end: gzip's checksum is the last part of the file.
      if ('end' in head && (await input.line()) !== null) throw notABackup();
      yield head;
      if ('end' in head) return;
    }
  }
}

type Head = { readonly table: string; readonly bytes: number } | Exclude<Piece, { readonly rows: Buffer }>;

function headOf(line: Buffer): Head {
  let value: unknown;
  try {
    value = JSON.parse(line.toString('utf8'));
  } catch {
    throw notABackup();
  }
  if (typeof value !== 'object' || value === null) throw notABackup();
  const isPiece = 'manifest' in value || 'end' in value || ('table' in value && 'bytes' in value);
  if (!isPiece) throw notABackup();
  const { bytes = 0 } = value as { bytes?: unknown };
  if (!Number.isSafeInteger(bytes) || Number(bytes) < 0 || Number(bytes) > PIECE_BYTES_MAX)
    throw notABackup();
  return value as Head;
}

export function notABackup(): StartupError {
  return new StartupError('The input is not a backup written by npm run cli -- backup.');
}

export function cutOff(): StartupError {
  return new StartupError('The backup is cut off: its end is missing. Nothing was restored.');
}

/** Reads lines and counted bytes from a stream. */
class Input {
  private readonly source: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Buffer>) {
    this.source = bytes[Symbol.asyncIterator]();
  }

  /** The next line without its line feed; null at the end. */
  async line(): Promise<Buffer | null> {
    for (;;) {
      const end = this.held.indexOf(LINE_FEED);
      if (end !== -1) {
        const line = this.held.subarray(0, end);
        this.held = this.held.subarray(end + 1);
        return line;
      }
      if (this.held.length > LINE_BYTES_MAX) throw notABackup();
      if (!(await this.more())) return null;
    }
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      if (this.held.length === 0 && !(await this.more())) throw cutOff();
      const part = this.held.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      this.held = this.held.subarray(part.length);
    }
    return Buffer.concat(parts);
  }

  private async more(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done === true) return false;
    this.held = this.held.length === 0 ? next.value : Buffer.concat([this.held, next.value]);
    return true;
  }
}
