import { BinaryCopyReader } from './binary-copy-reader.js';
import { BinaryCopyWriter } from './binary-copy-writer.js';

describe("COPY's binary format", () => {
  const VALUES = [
    0n,
    1n,
    -1n,
    100n,
    999_999n,
    1_000_000n,
    -12_345_678_901n,
    99_999_999_999_999n,
    100_000_000_000_000n,
    BigInt(Number.MAX_SAFE_INTEGER),
    BigInt(Number.MAX_SAFE_INTEGER) + 1n,
    999_999_999_999_999_999n,
    100_000_000_000_000_000_000n,
  ];

  const instantOf = (value: bigint): bigint => value % 250_000_000_000_000_000n;

  it('reads what was written, in pieces of any size', () => {
    const writer = new BinaryCopyWriter(['text', 'decimal', 'instant', 'text']);
    for (const value of VALUES) writer.add([`id-${value}`, value, instantOf(value), null]);
    const file = Buffer.concat(writer.take());
    expect(writer.bytes).toBe(0);
    for (const size of [1, 7, 64, file.length]) {
      const reader = new BinaryCopyReader();
      const found: unknown[] = [];
      for (let at = 0; at < file.length; at += size) {
        reader.push(file.subarray(at, at + size));
        while (reader.next()) {
          expect(reader.ascii(3)).toBeNull();
          expect(reader.holds(0, Buffer.from(reader.ascii(0) ?? ''))).toBe(true);
          found.push([reader.ascii(0), reader.micros(1), reader.instant(2)]);
        }
      }
      expect(found).toEqual(VALUES.map((value) => [`id-${value}`, value, instantOf(value)]));
    }
  });

  it('writes and reads rows that fill several blocks', () => {
    const writer = new BinaryCopyWriter(['text']);
    const long = 'x'.repeat(700_000);
    for (let n = 0; n < 5; n += 1) writer.add([`${n}${long}`]);
    expect(writer.bytes).toBe(5 * (2 + 4 + 1 + long.length));
    const reader = new BinaryCopyReader();
    reader.push(Buffer.concat(writer.take()));
    const found: (string | null)[] = [];
    while (reader.next()) found.push(reader.ascii(0)?.slice(0, 2) ?? null);
    expect(found).toEqual(['0x', '1x', '2x', '3x', '4x']);
  });
});
