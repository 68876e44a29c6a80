/** Maximum length of a line in bytes, without its line break (docs/contract.md: "lines up to 64 kB"). */
export const MAX_LINE_BYTES = 65_536;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** One line of a stream. Lines are numbered from 1; blank lines are counted but skipped. */
export interface NumberedLine {
  readonly number: number;
  /** The text; null if the line is too long or not UTF-8. */
  readonly text: string | null;
  readonly complaint: 'tooLong' | 'notUtf8' | null;
}

/** Splits a stream of bytes into lines, with at most one line of the maximum length in memory. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let number = 0;

  const finish = (): NumberedLine | null => {
    number += 1;
    if (pendingBytes === 0) return null;
    const line = pendingBytes > MAX_LINE_BYTES + 1 ? null : withoutCarriageReturn(joined(pending));
    pending = [];
    pendingBytes = 0;
    if (line === null || line.length > MAX_LINE_BYTES) return { number, text: null, complaint: 'tooLong' };
    return decode(decoder, number, line);
  };
  const keep = (part: Uint8Array): void => {
    pendingBytes += part.length;
    if (pendingBytes <= MAX_LINE_BYTES + 1) pending.push(part);
    else pending = [];
  };

  for await (const chunk of bytes) {
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to !== -1; to = chunk.indexOf(LINE_FEED, from)) {
      if (to > from) keep(chunk.subarray(from, to));
      const line = finish();
      if (line !== null) yield line;
      from = to + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (pendingBytes > 0) {
    const line = finish();
    if (line !== null) yield line;
  }
}

/** Avoids a copy if the line is in one part, which is the usual case. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

/** Removes the carriage return of a Windows line break. */
function withoutCarriageReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  number: number,
  line: Uint8Array,
): NumberedLine | null {
  try {
    const text = decoder.decode(line);
    return /^[ \t]*$/.test(text) ? null : { number, text, complaint: null };
  } catch {
    return { number, text: null, complaint: 'notUtf8' };
  }
}
