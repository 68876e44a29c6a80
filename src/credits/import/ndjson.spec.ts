import { linesOf, MAX_LINE_BYTES, type NumberedLine } from './ndjson.js';

describe('lines of a stream', () => {
  const read = async (...chunks: (string | Uint8Array)[]): Promise<NumberedLine[]> => {
    const lines: NumberedLine[] = [];
    const bytes = (async function* () {
      for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
    })();
    for await (const line of linesOf(bytes)) lines.push(line);
    return lines;
  };
  const text = (number: number, content: string): NumberedLine => ({
    number,
    text: content,
    complaint: null,
  });

  it('are joined across chunks, and need no line break at the end of the stream', async () => {
    expect(await read('{"a"', ':1}\n{"b":2}', '\n', '{"c":3}')).toEqual([
      text(1, '{"a":1}'),
      text(2, '{"b":2}'),
      text(3, '{"c":3}'),
    ]);
  });

  it('are skipped but counted if they are blank', async () => {
    expect(await read('\n\n  \t\r\n{}\r\n\n')).toEqual([text(4, '{}')]);
  });

  it('are not blank if they contain a space that JSON does not allow', async () => {
    expect(await read('\u00a0\n')).toEqual([text(1, '\u00a0')]);
  });

  it('can have the maximum number of bytes, with either kind of line break', async () => {
    const longest = 'x'.repeat(MAX_LINE_BYTES);
    expect(await read(`${longest}\n${longest}\r\n`)).toEqual([text(1, longest), text(2, longest)]);
    expect(await read(`${longest}y\n{}\n`)).toEqual([
      { number: 1, text: null, complaint: 'tooLong' },
      text(2, '{}'),
    ]);
  });

  it('must be UTF-8', async () => {
    expect(await read(Uint8Array.of(0x7b, 0xff, 0x7d))).toEqual([
      { number: 1, text: null, complaint: 'notUtf8' },
    ]);
  });

  it('can be empty a million times', async () => {
    expect(await read('\n'.repeat(1_000_000), '{}')).toEqual([text(1_000_001, '{}')]);
  });
});
