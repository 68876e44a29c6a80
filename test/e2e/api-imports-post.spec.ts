import { gzipSync } from 'node:zlib';
import type { ImportReport } from '../../src/credits/index.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { ndjson, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const LINES: TestRecord[] = [
  { type: 'user', id: 'ann', roles: ['user'] },
  { type: 'user', id: 'maker', roles: ['partner'] },
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '4' },
  {
    type: 'purchase',
    externalId: 'p1',
    userId: 'ann',
    credits: '10',
    amount: '5',
    occurredAt: '2026-01-02T00:00:00Z',
  },
  { type: 'deployment', id: 'd1', userId: 'ann', moduleId: 'maps', createdAt: '2026-01-03T00:00:00Z' },
];

describe('POST /api/imports', () => {
  let service: TestService;
  const platform = tokenOf('backend', ['platform']);

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  const post = (
    body: Uint8Array,
    {
      token = platform,
      query = '',
      headers = {},
    }: { token?: string; query?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> =>
    send(`${service.url}/api/imports${query}`, {
      method: 'POST',
      token,
      body,
      headers: { 'content-type': 'application/x-ndjson', ...headers },
    });

  it('reports per type what was added, known and refused, and the reasons', async () => {
    const answer = await post(ndjson([...LINES, { type: 'award' }]));
    expect(answer.status).toBe(200);
    expect(answer.json<ImportReport>()).toMatchObject({
      lines: 6,
      added: 5,
      refused: 1,
      types: { deployment: { added: 1, known: 0, changed: 0, refused: 0 }, award: { refused: 1 } },
      refusals: [
        {
          line: 6,
          type: 'award',
          id: null,
          code: 'IMPORT.BAD_FIELD',
          reason: expect.stringContaining('externalId') as string,
        },
      ],
    });
    expect((await post(ndjson(LINES))).json<ImportReport>()).toMatchObject({ added: 0, known: 5 });
  });

  it('accepts gzip, and reports a body that is not gzip or is incomplete', async () => {
    const packed = gzipSync(ndjson(LINES));
    const headers = { 'content-encoding': 'gzip' };
    expect((await post(packed, { headers })).json<ImportReport>()).toMatchObject({ lines: 5, known: 5 });
    expect(refusal(await post(ndjson(LINES), { headers }), 400).code).toBe('IMPORT.NOT_GZIP');
    expect(refusal(await post(packed.subarray(0, 40), { headers }), 400).code).toBe('IMPORT.NOT_GZIP');
  });

  it('answers 422 with the refused lines if it is atomic', async () => {
    const fresh = { type: 'user', id: 'late', roles: ['user'] };
    const problem = refusal(await post(ndjson([fresh, { type: 'gift' }]), { query: '?atomic=true' }), 422);
    expect(problem.code).toBe('IMPORT.ALL_OR_NOTHING');
    expect(problem.errors).toEqual([
      { field: 'line 2', message: expect.stringContaining('IMPORT.UNKNOWN_TYPE') as string },
    ]);
    const again = await post(ndjson([fresh]), { query: '?atomic=true' });
    expect(again.json<ImportReport>()).toMatchObject({ added: 1 });
  });

  it('accepts an empty body as no lines', async () => {
    expect((await post(new Uint8Array())).json<ImportReport>()).toMatchObject({ lines: 0, refusals: [] });
  });

  it.each([
    [401, 'not a token', {}],
    [403, tokenOf('maker', ['partner']), {}],
    [403, tokenOf('cfo', ['finance']), {}],
    [403, tokenOf('ann', ['user']), {}],
    [415, platform, { headers: { 'content-type': 'application/json' } }],
    [415, platform, { headers: { 'content-encoding': 'br' } }],
    [400, platform, { query: '?atomic=yes' }],
    [400, platform, { query: '?atomic=true&atomic=true' }],
    [400, platform, { query: '?dryRun=true' }],
  ])('answers %i', async (status, token, options) => {
    refusal(await post(ndjson(LINES), { token, ...options }), status);
  });

  it('lets a back end create no admin and change no user who is one', async () => {
    await post(ndjson([{ type: 'user', id: 'boss', name: 'Boss', roles: ['admin'] }]), {
      token: tokenOf('root', ['admin']),
    });
    const lines = [
      { type: 'user', id: 'crony', roles: ['finance'] },
      { type: 'user', id: 'boss', name: 'Nobody', roles: ['user'] },
      { type: 'user', id: 'clerk', roles: ['user', 'admin'] },
    ];
    const report = (await post(ndjson(lines), { query: '?update=true' })).json<ImportReport>();
    expect(report).toMatchObject({ added: 0, changed: 0, refused: 3 });
  });

  it('records nothing of an incomplete body', async () => {
    const line = { type: 'user', id: 'halfway', roles: ['user'] };
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(ndjson([line, line])),
      pull: () => new Promise(() => {}),
    });
    const headers = { authorization: `Bearer ${platform}`, 'content-type': 'application/x-ndjson' };
    const sending = fetch(`${service.url}/api/imports`, {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
      signal: AbortSignal.timeout(300),
    });
    await expect(sending).rejects.toThrow();
    expect((await post(ndjson([line]))).json<ImportReport>()).toMatchObject({ added: 1, known: 0 });
  });
});
