import { parseCsv } from '../support/csv.js';
import { documentedFetch, refusedFields, send, type Answer } from '../support/http-client.js';
import { localTimeOf } from '../support/local-time.js';
import { importRecords } from '../support/lines.js';
import { ACME, FINANCE } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';

const BOM = '\uFEFF';
const DECIMAL = /^\d+(?:\.\d+)?$/;
/** Every route that returns a file. */
const FILES: readonly (readonly [string, string])[] = [
  ['revenue', '/api/revenue?includeFree=true'],
  ['a summary', '/api/revenue/summary?groupBy=week,module&includeFree=true'],
  ['a history', '/api/credits/history?userId=ann'],
];

describe('a file for spreadsheets', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    const semicolons = [
      { type: 'module', id: 'a-semi', partnerId: 'acme', name: 'one; two, "three"', creditCost: '1' },
      {
        type: 'deployment',
        id: 'in-semi',
        userId: 'ann',
        moduleId: 'a-semi',
        creditCost: '0.5',
        createdAt: '2026-03-29T00:30:00.25Z',
      },
    ];
    expect((await importRecords(service.app, [...revenuePlatform(), ...semicolons])).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  const ask = (path: string, token = FINANCE): Promise<Answer> => send(service.url + path, { token });
  /** Reads bytes, because decoding a text removes its byte order mark. */
  const textOf = async (path: string): Promise<string> => {
    const response = await documentedFetch(
      new Request(service.url + path, { headers: { authorization: `Bearer ${FINANCE}` } }),
    );
    expect([path, response.status]).toEqual([path, 200]);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    return Buffer.from(await response.arrayBuffer()).toString('utf8');
  };

  describe.each(FILES)('of %s', (_what, path) => {
    it('begins with a byte order mark for csv=excel, and is otherwise the same', async () => {
      const usual = await textOf(`${path}&format=csv`);
      expect(usual.startsWith(BOM)).toBe(false);
      expect(await textOf(`${path}&csv=excel`)).toBe(BOM + usual);
      expect(await textOf(`${path}&csv=excel&format=csv`)).toBe(BOM + usual);
    });

    it('has semicolons and decimal commas for csv=semicolon, and otherwise the same cells', async () => {
      const usual = parseCsv(await textOf(`${path}&format=csv`));
      const text = await textOf(`${path}&csv=semicolon`);
      const cells = parseSemicolons(text);
      expect(cells).toEqual(
        usual.map((line, index) =>
          line.map((cell) => (index > 0 && DECIMAL.test(cell) ? cell.replace('.', ',') : cell)),
        ),
      );
      expect(cells.flat().some((cell) => /^\d+,\d+$/.test(cell))).toBe(true);
      expect(await textOf(`${path}&csv=excel-semicolon`)).toBe(BOM + text);
    });

    it('shows the local time of the requested zone next to UTC', async () => {
      const usual = parseCsv(await textOf(`${path}&format=csv`));
      for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu']) {
        const [head = [], ...lines] = parseCsv(await textOf(`${path}&format=csv&timeZone=${zone}`));
        const isLocal = head.map((label) => label.endsWith(` (${zone})`));
        expect(isLocal).toContain(true);
        for (const line of lines) {
          for (const [index, cell] of line.entries()) {
            if (isLocal[index]) expect(cell).toBe(localTimeOf(line[index - 1] ?? '', zone));
          }
        }
        if (!path.includes('summary')) {
          const rest = [head, ...lines].map((line) => line.filter((_, index) => !isLocal[index]));
          expect(rest).toEqual(usual);
        }
      }
      expect(await textOf(`${path}&format=csv&timeZone=UTC`)).toBe(await textOf(`${path}&format=csv`));
    });

    it('is refused as JSON, and in any other form', async () => {
      expect(refusedFields(await ask(`${path}&csv=excel&format=json`))).toEqual(['query.csv']);
      expect(refusedFields(await ask(`${path}&csv=tabs`))).toEqual(['query.csv']);
    });

    it('contains the zone in its name, unless it is UTC', async () => {
      const nameOf = async (query: string): Promise<string> =>
        (await ask(`${path}&format=csv&${query}`)).headers.get('content-disposition') ?? '';
      expect(await nameOf('timeZone=Europe/Berlin')).toMatch(/_Europe-Berlin[._]/);
      expect(await nameOf('timeZone=UTC')).not.toMatch(/UTC/);
    });
  });

  it('quotes cells with the separator, but not for a comma alone', async () => {
    const text = await textOf('/api/revenue?moduleId=a-semi&includeFree=true&csv=semicolon');
    expect(text).toContain(';"one; two, ""three""";');
    expect(await textOf('/api/revenue?moduleId=a-maps&includeFree=true&csv=semicolon')).toContain(
      ';"Maps, ""big"" ones";',
    );
  });

  it('shows an hour that exists once, with its fraction and offset', async () => {
    const [head = [], line = []] = parseCsv(
      await textOf('/api/revenue?moduleId=a-semi&includeFree=true&format=csv&timeZone=Europe/Berlin'),
    );
    const at = head.indexOf('Created At (Europe/Berlin)');
    expect(line[at]).toBe('2026-03-29T01:30:00.250+01:00');
    expect(head[at - 1]).toBe('Created At');
  });

  it('shows unpaid and refunded credits, after the last column of each role', async () => {
    for (const token of [FINANCE, ACME]) {
      const { text } = await ask('/api/revenue?includeFree=true&format=csv', token);
      const [head = [], ...lines] = parseCsv(text);
      expect(head.slice(-3)).toEqual([
        token === FINANCE ? 'User Email' : 'Currency',
        'Unpaid Credits',
        'Refunded Credits',
      ]);
      const cost = head.indexOf('Credit Cost');
      for (const line of lines) {
        const [free, bought] = [line[cost + 1], line[cost + 2]];
        const parts = [free, bought, ...line.slice(-2)].map((cell) => Math.round(Number(cell) * 1e6));
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(Math.round(Number(line[cost]) * 1e6));
      }
    }
  });

  it('has the same form for a filter in a body', async () => {
    const body = { csv: 'excel-semicolon', timeZone: 'Europe/Berlin', includeFree: true };
    const answer = await documentedFetch(
      new Request(`${service.url}/api/revenue/search`, {
        method: 'POST',
        headers: { authorization: `Bearer ${FINANCE}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    expect(text).toBe(
      await textOf('/api/revenue?includeFree=true&csv=excel-semicolon&timeZone=Europe/Berlin'),
    );
  });
});

/** The cells of a file with semicolons, line by line. */
function parseSemicolons(text: string): string[][] {
  return text
    .slice(0, -2)
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^";]*))/g)].map(
        ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    );
}
