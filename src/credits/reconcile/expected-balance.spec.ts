import { Readable } from 'node:stream';
import { Problem } from '../../platform/problem/index.js';
import { openBooks } from './books.js';
import { expectedBalancesOf, type ExpectedLine } from './expected-balance.js';
import { figureOfMicros, formatFigure, type FigureReading } from './figure.js';

const EXACT: FigureReading = { tolerance: null, hasDecimalComma: false };
const FLOATS: FigureReading = { tolerance: 0n, hasDecimalComma: false };

async function read(text: string, figures = EXACT): Promise<ExpectedLine[]> {
  const lines: ExpectedLine[] = [];
  const books = await openBooks(Readable.from([Buffer.from(text)]));
  for await (const line of expectedBalancesOf(books.lines, figures)) lines.push(line);
  return lines;
}

/** Returns the free credits of each line, or its complaint. */
async function freeOf(text: string, figures: FigureReading): Promise<string[]> {
  return (await read(text, figures)).map((line) =>
    'complaint' in line ? line.complaint : formatFigure(line.expected.free),
  );
}

const ANN = {
  userId: 'ann',
  free: figureOfMicros(1_500_000n),
  purchased: figureOfMicros(20_000_000n),
  unpaid: 0n,
};

describe('a file of balances', () => {
  it.each([
    ['NDJSON', '{"userId":"ann","free":"1.5","purchased":"20"}\n'],
    ['NDJSON with other fields', '{"userId":"ann","free":"1.5","purchased":"20","total":21.5,"tags":[]}\n'],
    ['CSV', 'userId,free,purchased\nann,1.5,20\n'],
    ['CSV with semicolons', 'userId;free;purchased\r\nann;1.5;20\r\n'],
    ['CSV with tabs', 'userId\tfree\tpurchased\nann\t1.5\t20\n'],
    [
      'CSV of a spreadsheet, with columns in any order',
      '\ufeff"purchased", "userId","free"\r\n"20.00","ann", 1.5\r\n',
    ],
    ['CSV with an empty cell', 'userId,free,purchased,unpaid\nann,1.5,20,'],
    [
      'CSV with other columns of any content',
      'name,userId,free,purchased,,"a ""b"", c"\n"Ann, ""the\n\nfirst""; =1",ann,1.5,20,x,\n',
    ],
  ])('can be %s', async (_, text) => {
    expect((await read(text)).map((line) => ('expected' in line ? line.expected : line))).toEqual([ANN]);
  });

  it('can contain unpaid credits', async () => {
    const [line] = await read('userId,free,purchased,unpaid\nann,0,0,2.5');
    expect(line).toEqual({
      number: 2,
      expected: { userId: 'ann', free: 0n, purchased: 0n, unpaid: figureOfMicros(2_500_000n) },
    });
  });

  it('is read on after invalid lines', async () => {
    const lines = await read(
      'userId,free,purchased\nann,-1,20\nann,1.5\nann,"1,5",20\n,1,1\n\na"b,1,1\nann,1.5,20\n"ann,1,1\nann,1,1\n',
    );
    expect(lines.map((line) => [line.number, 'complaint' in line ? line.complaint : 'good'])).toEqual([
      [2, expect.stringMatching(/^free must be a decimal string/)],
      [3, 'the line has 2 cells, but the header has 3 columns'],
      [4, expect.stringMatching(/^free must be a decimal string/)],
      [5, 'userId is missing'],
      [7, expect.stringMatching(/^userId must be an id/)],
      [8, 'good'],
      [9, 'a quoted cell does not end'],
    ]);
  });

  it('is read on after 64 kB of a quoted cell that does not end', async () => {
    const swallowed = 'ann,1,1\n'.repeat(9_000);
    const lines = await read(`userId,free,purchased\n"ann,1,1\n${swallowed}bob,1,1\n`);
    expect(lines[0]).toEqual({ number: 2, complaint: 'a quoted cell does not end' });
    expect(lines.at(-1)).toMatchObject({ number: 9_003, expected: { userId: 'bob' } });
  });

  it('can contain figures of floating-point systems, which are read exactly', async () => {
    const texts = [
      ['4.1000000000000005', '4.1000000000000005'],
      ['5.551115123125783e-17', '0.00000000000000005551115123125783'],
      ['-0', '0'],
      ['1e3', '1000'],
      ['1.20E+2', '120'],
      ['+7.', '7'],
      ['0e-999', '0'],
      ['123456789012345678901234567890', '123456789012345678901234567890'],
    ] as const;
    const rows = texts.map(([text]) => `ann,${text},0`).join('\n');
    expect(await freeOf(`userId,free,purchased\n${rows}`, FLOATS)).toEqual(texts.map(([, exact]) => exact));
    expect(await freeOf('{"userId":"ann","free":4.1000000000000005,"purchased":0}', FLOATS)).toEqual([
      '4.1000000000000005',
    ]);
  });

  it.each(['1e99', '1e-61', 'NaN', 'Infinity', '0x10', '1,5', '1 000', '', 'e5', '.5'])(
    'cannot contain %j as a figure of such a system',
    async (text) => {
      const [complaint] = await freeOf(`userId;free;purchased\nann;${text};0`, FLOATS);
      expect(complaint).toMatch(text === '' ? /^free is missing$/ : /^free must be a number such as/);
    },
  );

  it('can have decimal commas if the caller says so', async () => {
    const text = 'userId;free;purchased\nann;1,5;0\nann;1.000,5;0';
    const [first, second] = await freeOf(text, { ...EXACT, hasDecimalComma: true });
    expect([first, second]).toEqual(['1.5', expect.stringMatching(/^free must be a decimal string/)]);
  });

  it('treats credits below 0 as unpaid', async () => {
    const [line] = await read('userId,free,purchased,unpaid\nann,-2,-0.5,1', FLOATS);
    expect(line).toMatchObject({ expected: { free: 0n, purchased: 0n, unpaid: figureOfMicros(3_500_000n) } });
  });

  it.each([
    ['a JSON number', '{"userId":"ann","free":1.5,"purchased":"20"}', /^free must be a decimal string/],
    ['a missing field', '{"userId":"ann","free":"1","purchased":null}', /^purchased must be/],
    [
      'a line that is not an object',
      '{"userId":"ann","free":"0","purchased":"0"}\n["ann"]',
      /one JSON object$/,
    ],
    ['a line that is not JSON', '{"userId":"ann","free":"0","purchased":"0"}\n{"userId"', /is not JSON/],
  ])('cannot contain %s in NDJSON', async (_, text, complaint) => {
    const last = (await read(text)).at(-1);
    expect(last).toEqual({
      number: expect.any(Number) as number,
      complaint: expect.stringMatching(complaint) as string,
    });
  });

  it.each([
    'ann,1.5,20\n',
    'userId,free\n',
    'userId;free,purchased\nann;1,1\n',
    '{"userId":"ann"}',
    '{"userId"',
  ])('is refused if its first line is %j', async (text) => {
    await expect(read(text)).rejects.toThrow(Problem);
  });

  it.each(['', '\n\n', 'userId,free,purchased', 'userId,free,purchased\n\n'])(
    'is refused if it contains no record: %j',
    async (text) => {
      await expect(read(text)).rejects.toThrow(/contains no record/);
    },
  );
});
