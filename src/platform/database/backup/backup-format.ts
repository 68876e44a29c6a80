import { StartupError } from '../../config/startup-error.js';

/** The number of this format: others are refused. */
export const BACKUP_FORMAT = 1;

/** What a backup begins with. */
export interface Manifest {
  readonly format: typeof BACKUP_FORMAT;
  /** All that was committed by then is in it: ISO 8601 in UTC. */
  readonly takenAt: string;
  /** Names of the migrations that its tables come from, in the order in which they were run. */
  readonly migrations: readonly string[];
  /** In an order in which no row names one of a later table. */
  readonly tables: readonly BackedUpTable[];
}

export interface BackedUpTable {
  readonly name: string;
  /** Those whose values are stored; generated ones are computed anew. */
  readonly columns: readonly string[];
}

/** What a backup ends with: where it is missing, the file was cut off. */
export interface Ending {
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The last number that each identity column has given, by `table.column`. */
  readonly sequences: Readonly<Record<string, string>>;
}

/**
 * One piece of a backup. The file is a gzip stream of lines of JSON, one for each piece; that of a table's rows says how
 * many bytes of COPY's text format follow, with a line feed after them, so that `zcat` shows what is in it.
 */
export type Piece =
  | { readonly manifest: Manifest }
  | { readonly table: string; readonly rows: Buffer }
  | { readonly end: Ending };

const LINE_FEED = 0x0a;
/** Far beyond the longest line and the largest piece that are written. */
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
 * Reads the pieces of an unpacked backup, holding one at a time.
 *
 * @throws StartupError where it is none, or is cut off
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
      // To the very end, where gzip holds its checksum.
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
  return new StartupError('This is no backup that npm run cli -- backup has written.');
}

export function cutOff(): StartupError {
  return new StartupError('The backup is cut off: its end is missing. Nothing was restored.');
}

/** Takes lines and counted bytes from a stream. */
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
