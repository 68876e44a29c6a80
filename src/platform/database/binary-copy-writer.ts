/** Type of a column in COPY's binary format: text, numeric, timestamptz, integer or bigint. */
export type BinaryKind = 'text' | 'decimal' | 'instant' | 'integer' | 'bigint';

/**
 * Value of a cell: text, decimals in millionths, instants in microseconds since 1970, whole numbers as number or
 * bigint.
 */
export type BinaryCell = string | bigint | number | null;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
/** Size of a block. Full blocks are kept as they are and never copied into larger ones. */
const BLOCK_BYTES = 1024 * 1024;
/** Upper bound for the size of any number. */
const NUMBER_MAX_BYTES = 64;
const UTF8_BYTES_PER_UNIT_MAX = 3;

/** Microseconds between 1970 (epoch of our instants) and 2000 (epoch of PostgreSQL). */
export const POSTGRES_EPOCH_MICROS = 946_684_800_000_000n;
/** Constants of the binary form of `numeric`. */
const DIGIT_BASE = 10_000;
const DECIMAL_SCALE = 6;
const NEGATIVE = 0x4000;
const EXACT_MAX = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Writes rows in COPY's binary format (PostgreSQL's manual, "COPY"). Numbers and instants stay binary, so neither side
 * converts them to or from text.
 */
export class BinaryCopyWriter {
  private buffer: Buffer = Buffer.alloc(0);
  private end = 0;
  private full: Buffer[] = [];
  private fullBytes = 0;

  /** @param kinds types of the columns, in their order */
  constructor(private readonly kinds: readonly BinaryKind[]) {}

  /** Size of the rows that `take` would return. */
  get bytes(): number {
    return this.fullBytes + this.end;
  }

  add(cells: readonly BinaryCell[]): void {
    this.reserve(2);
    this.end = this.buffer.writeInt16BE(this.kinds.length, this.end);
    for (let index = 0; index < this.kinds.length; index += 1) {
      this.addCell(this.kinds[index] as BinaryKind, cells[index] ?? null);
    }
  }

  /** All rows since the last call, as the parts of one complete file of the format. */
  take(): Buffer[] {
    this.setAside();
    const file = [SIGNATURE, ...this.full, TRAILER];
    this.full = [];
    this.fullBytes = 0;
    return file;
  }

  private addCell(kind: BinaryKind, value: BinaryCell): void {
    if (value === null) {
      this.reserve(4);
      this.end = this.buffer.writeInt32BE(-1, this.end);
    } else if (kind === 'text') {
      this.addText(value as string);
    } else {
      this.reserve(NUMBER_MAX_BYTES);
      const start = this.end + 4;
      const end = this.writeNumber(kind, value, start);
      this.buffer.writeInt32BE(end - start, this.end);
      this.end = end;
    }
  }

  private addText(text: string): void {
    this.reserve(4 + text.length * UTF8_BYTES_PER_UNIT_MAX);
    const length = this.buffer.write(text, this.end + 4, 'utf8');
    this.buffer.writeInt32BE(length, this.end);
    this.end += 4 + length;
  }

  /** @returns the offset after the number */
  private writeNumber(
    kind: Exclude<BinaryKind, 'text'>,
    value: string | bigint | number,
    at: number,
  ): number {
    switch (kind) {
      case 'integer':
        return this.buffer.writeInt32BE(Number(value), at);
      case 'bigint':
        return this.buffer.writeBigInt64BE(BigInt(value), at);
      case 'instant':
        return this.buffer.writeBigInt64BE((value as bigint) - POSTGRES_EPOCH_MICROS, at);
      case 'decimal':
        return this.writeDecimal(value as bigint, at);
    }
  }

  /** A numeric: number of digits of base 10,000, weight of the first digit, sign, decimal places, digits. */
  private writeDecimal(micros: bigint, at: number): number {
    const magnitude = micros < 0n ? -micros : micros;
    const digits = magnitude <= EXACT_MAX ? digitsOfNumber(Number(magnitude)) : digitsOfBigInt(magnitude);
    let end = this.buffer.writeInt16BE(digits.length, at);
    end = this.buffer.writeInt16BE(digits.length - 3, end); // two of them are after the decimal point
    end = this.buffer.writeUInt16BE(micros < 0n ? NEGATIVE : 0, end);
    end = this.buffer.writeUInt16BE(DECIMAL_SCALE, end);
    for (let index = digits.length - 1; index >= 0; index -= 1) {
      end = this.buffer.writeUInt16BE(digits[index] as number, end);
    }
    return end;
  }

  private reserve(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    this.setAside();
    if (bytes > this.buffer.length) this.buffer = Buffer.allocUnsafe(Math.max(BLOCK_BYTES, bytes));
  }

  /** Moves the filled part of the block to `full`; the rest of the block remains in use. */
  private setAside(): void {
    if (this.end === 0) return;
    this.full.push(this.buffer.subarray(0, this.end));
    this.fullBytes += this.end;
    this.buffer = this.buffer.subarray(this.end);
    this.end = 0;
  }
}

/**
 * The digits of base 10,000, lowest first: two after the decimal point (8 places, of which 6 are used), then the rest.
 */
function digitsOfNumber(micros: number): number[] {
  let whole = Math.floor(micros / 1_000_000);
  const fraction = micros - whole * 1_000_000;
  const digits = [(fraction % 100) * 100, Math.floor(fraction / 100)];
  while (whole > 0) {
    const rest = Math.floor(whole / DIGIT_BASE);
    digits.push(whole - rest * DIGIT_BASE);
    whole = rest;
  }
  return digits;
}

function digitsOfBigInt(micros: bigint): number[] {
  const digits: number[] = [];
  for (let rest = micros * 100n; rest > 0n; rest /= BigInt(DIGIT_BASE)) {
    digits.push(Number(rest % BigInt(DIGIT_BASE)));
  }
  return digits;
}
