import { POSTGRES_EPOCH_MICROS } from './binary-copy-writer.js';

const HEADER_BYTES = 19;
const NO_MORE_ROWS = -1;
const NULL_LENGTH = -1;
const NEGATIVE = 0x4000;
/** Value of one digit of a numeric (base 10,000) in millionths, by its weight from -1 to 1. */
const MICROS_PER_DIGIT = [100, 1_000_000, 10_000_000_000] as const;

/** Reads rows of COPY's binary format while the stream arrives. It copies only rows that a piece's end cuts. */
export class BinaryCopyReader {
  private piece: Buffer = Buffer.alloc(0);
  private at = 0;
  private isHeaderRead = false;
  /** Start and length of each cell of the current row; length -1 means NULL. */
  private readonly starts: number[] = [];
  private readonly lengths: number[] = [];

  /** Adds the next piece; call it after `next` has returned false. */
  push(piece: Buffer): void {
    const rest = this.piece.subarray(this.at);
    this.piece = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    this.at = 0;
  }

  /** Moves to the next row; false if the pieces so far contain no further complete row. */
  next(): boolean {
    const { piece } = this;
    if (!this.isHeaderRead) {
      if (piece.length < HEADER_BYTES) return false;
      this.at = HEADER_BYTES;
      this.isHeaderRead = true;
    }
    if (this.at + 2 > piece.length) return false;
    const cells = piece.readInt16BE(this.at);
    if (cells === NO_MORE_ROWS) return false;
    let at = this.at + 2;
    for (let cell = 0; cell < cells; cell += 1) {
      if (at + 4 > piece.length) return false;
      const length = piece.readInt32BE(at);
      at += 4;
      this.starts[cell] = at;
      this.lengths[cell] = length;
      if (length !== NULL_LENGTH) at += length;
      if (at > piece.length) return false;
    }
    this.at = at;
    return true;
  }

  /** Text of a cell, null for NULL. The text must be ASCII, which ids and the code's own words are. */
  ascii(cell: number): string | null {
    const length = this.lengths[cell] as number;
    if (length === NULL_LENGTH) return null;
    const start = this.starts[cell] as number;
    return this.piece.toString('latin1', start, start + length);
  }

  /** The bytes of a cell that is not NULL. They are valid until the next call of `push`. */
  bytes(cell: number): Buffer {
    const start = this.starts[cell] as number;
    return this.piece.subarray(start, start + (this.lengths[cell] as number));
  }

  /** Whether the cell contains exactly this ASCII text; cheaper than creating a string. */
  holds(cell: number, text: Buffer): boolean {
    const start = this.starts[cell] as number;
    return this.lengths[cell] === text.length && text.compare(this.piece, start, start + text.length) === 0;
  }

  /** A timestamptz in microseconds since 1970; null for NULL. */
  instant(cell: number): bigint | null {
    if (this.lengths[cell] === NULL_LENGTH) return null;
    return this.piece.readBigInt64BE(this.starts[cell]) + POSTGRES_EPOCH_MICROS;
  }

  /** A numeric with at most 6 places, in millionths; null for NULL. */
  micros(cell: number): bigint | null {
    if (this.lengths[cell] === NULL_LENGTH) return null;
    const { piece } = this;
    const start = this.starts[cell] as number;
    const digits = piece.readUInt16BE(start);
    const weight = piece.readInt16BE(start + 2);
    const sign = piece.readUInt16BE(start + 4);
    if (sign !== 0 && sign !== NEGATIVE) throw new RangeError('A numeric is not a finite number.');
    const magnitude =
      weight <= 1 ? this.smallMicros(start + 8, digits, weight) : this.largeMicros(start + 8, digits, weight);
    return sign === NEGATIVE ? -magnitude : magnitude;
  }

  /** For values below 10^8, which a double represents exactly. */
  private smallMicros(start: number, digits: number, firstWeight: number): bigint {
    let micros = 0;
    for (let index = 0; index < digits; index += 1) {
      const digit = this.piece.readUInt16BE(start + 2 * index);
      const weight = firstWeight - index;
      micros += weight === -2 ? digit / 100 : digit * (MICROS_PER_DIGIT[weight + 1] as number);
    }
    return BigInt(micros);
  }

  private largeMicros(start: number, digits: number, firstWeight: number): bigint {
    let hundredths = 0n;
    for (let weight = firstWeight; weight >= -2; weight -= 1) {
      const index = firstWeight - weight;
      const digit = index < digits ? this.piece.readUInt16BE(start + 2 * index) : 0;
      hundredths = hundredths * 10_000n + BigInt(digit);
    }
    return hundredths / 100n;
  }
}
