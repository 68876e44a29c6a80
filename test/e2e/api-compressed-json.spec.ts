import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { importRecords } from '../support/lines.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const ADMIN = tokenOf('root', ['admin']);
const NDJSON = 'application/x-ndjson';
const REFUSED_LINES = '{"type":"nonsense"}\n'.repeat(50);

interface RawAnswer {
  readonly status: number | undefined;
  readonly encoding: string | undefined;
  readonly vary: string | undefined;
  readonly bytes: Buffer;
}

describe('JSON answers', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    expect((await importRecords(service.app, revenuePlatform())).refusals).toEqual([]);
  });
  afterAll(() => service.close());

  /** Reads the bytes as they were sent; fetch would decompress them. */
  const read = (
    path: string,
    encodings: string | null,
    method = 'GET',
    body?: object | string,
  ): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${ADMIN}`,
        ...(encodings === null ? {} : { 'accept-encoding': encodings }),
        ...(body === undefined
          ? {}
          : { 'content-type': typeof body === 'string' ? NDJSON : 'application/json' }),
      };
      const call = request(`${service.url}${path}`, { method, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          const { 'content-encoding': encoding, vary } = response.headers;
          resolve({ status: response.statusCode, encoding, vary, bytes: Buffer.concat(pieces) });
        });
      });
      call.on('error', reject);
      call.end(typeof body === 'object' ? JSON.stringify(body) : body);
    });
  const REPORT = '/api/revenue?startDate=2026-01-01&endDate=2026-03-31&limit=500';

  it.each([
    ['gzip', 'gzip', gunzipSync],
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
  ])('of reads are compressed as the client accepts: %s', async (accepted, encoding, decompress) => {
    const [plain, compressed] = [await read(REPORT, null), await read(REPORT, accepted)];
    expect([plain.encoding, compressed.encoding]).toEqual([undefined, encoding]);
    for (const { vary } of [plain, compressed]) expect(vary).toContain('Accept-Encoding');
    const rowsOf = (bytes: Buffer): unknown => (JSON.parse(bytes.toString()) as { data: unknown[] }).data;
    expect(rowsOf(decompress(compressed.bytes))).toEqual(rowsOf(plain.bytes));
    expect(compressed.bytes.length * 5).toBeLessThan(plain.bytes.length);
  });

  it('of reads with the filter in a body are compressed too', async () => {
    const body = { includeFree: true, limit: 500 };
    expect((await read('/api/revenue/search', 'gzip', 'POST', body)).encoding).toBe('gzip');
  });

  it('are whole without a body for HEAD', async () => {
    expect(await read(REPORT, 'gzip', 'HEAD')).toMatchObject({ status: 200, encoding: undefined });
  });

  it.each([
    ['of less than 2 kB', 200, 'GET', '/api/modules/a-maps', undefined],
    ['of writes', 200, 'POST', '/api/imports', REFUSED_LINES],
    ['about tokens', 200, 'GET', '/api/auth/me', undefined],
    ['that refuse', 400, 'GET', `/api/revenue/summary?groupBy=${'x'.repeat(3_000)}`, undefined],
  ])('%s are not compressed', async (_what, status, method, path, body) => {
    const answer = await read(path, 'gzip, br', method, body);
    expect([answer.status, answer.encoding]).toEqual([status, undefined]);
    expect(() => JSON.parse(answer.bytes.toString()) as unknown).not.toThrow();
  });

  it('with an ETag are not compressed: a strong ETag belongs to one sequence of bytes', async () => {
    const share = '/api/variables/partnerRevenueShare';
    for (let day = 1; day <= 28; day++) {
      const step = { value: String(day), effectiveFrom: `2026-02-${String(day).padStart(2, '0')}` };
      const answer = await read(share, 'gzip', 'PUT', step);
      expect(answer.status).toBe(200);
    }
    const answer = await read(share, 'gzip, br');
    expect([answer.status, answer.encoding]).toEqual([200, undefined]);
    expect(answer.bytes.length).toBeGreaterThan(2_048);
  });

  it('are not compressed for clients that refuse it', async () => {
    expect((await read(REPORT, 'identity')).encoding).toBeUndefined();
    expect((await read(REPORT, 'gzip;q=0')).encoding).toBeUndefined();
  });
});
