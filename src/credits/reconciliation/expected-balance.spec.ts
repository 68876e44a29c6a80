import { Readable } from 'node:stream';
import { Problem } from '../../platform/problem/index.js';
import { expectedBalancesIn, type ExpectedLine } from './expected-balance.js';

async function read(text: string): Promise<ExpectedLine[]> {
  const lines: ExpectedLine[] = [];
  for await (const line of expectedBalancesIn(Readable.from([Buffer.from(text)]))) lines.push(line);
  return lines;
}

const ANN = { userId: 'ann', free: 1_500_000n, purchased: 20_000_000n, unpaid: 0n };

describe('a file of balances', () => {
  it.each([
    ['NDJSON', '{"userId":"ann","free":"1.5","purchased":"20"}\n'],
    ['CSV', 'userId,free,purchased\nann,1.5,20\n'],
    [
      'CSV as spreadsheets write it, columns in any order',
      '\ufeff"purchased", "userId","free"\r\n"20.00","ann", 1.5\r\n',
    ],
    ['CSV with an empty cell', 'userId,free,purchased,unpaid\nann,1.5,20,'],
  ])('may be %s', async (_, text) => {
    expect((await read(text)).map((line) => ('expected' in line ? line.expected : line))).toEqual([ANN]);
  });

  it('may say what is owed', async () => {
    const [line] = await read('userId,free,purchased,unpaid\nann,0,0,2.5');
    expect(line).toEqual({
      number: 2,
      expected: { userId: 'ann', free: 0n, purchased: 0n, unpaid: 2_500_000n },
    });
  });

  it('is read on after lines that say nothing', async () => {
    const lines = await read(
      'userId,free,purchased\nann,-1,20\nann,1.5\nann,"1,5",20\n,1,1\n\na"b,1,1\nann,1.5,20\n',
    );
    expect(lines.map((line) => [line.number, 'complaint' in line ? line.complaint : 'good'])).toEqual([
      [2, expect.stringMatching(/^free must be a decimal string/)],
      [3, 'the line has 2 cells where the first line names 3 columns'],
      [4, 'the line has 4 cells where the first line names 3 columns'],
      [5, 'userId is missing'],
      [7, expect.stringMatching(/^userId must be an id/)],
      [8, 'good'],
    ]);
  });

  it.each([
    ['a JSON number', '{"userId":"ann","free":1.5,"purchased":"20"}', /^free must be a decimal string/],
    ['a missing field', '{"userId":"ann","free":"1"}', /^purchased is missing$/],
    ['an unknown field', '{"userId":"ann","free":"1","purchased":"1","total":"2"}', /^total is not among/],
    ['no object', '{"userId":"ann","free":"0","purchased":"0"}\n["ann"]', /one JSON object$/],
    ['no JSON', '{"userId"', /is not JSON/],
  ])('has %s complained of in NDJSON', async (_, text, complaint) => {
    const last = (await read(text)).at(-1);
    expect(last).toEqual({
      number: expect.any(Number) as number,
      complaint: expect.stringMatching(complaint) as string,
    });
  });

  it.each(['ann,1.5,20\n', 'userId,free\n', 'userId,free,purchased,total\n'])(
    'is refused as a whole where its first line is %j',
    async (text) => {
      await expect(read(text)).rejects.toThrow(Problem);
    },
  );

  it('may be empty', async () => {
    expect(await read('')).toEqual([]);
  });
});
