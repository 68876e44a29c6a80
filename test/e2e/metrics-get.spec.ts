import { spawnSync } from 'node:child_process';
import { refusal, send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const PROMTOOL = 'promtool';
const isInstalled = spawnSync(PROMTOOL, ['--version']).status === 0;
/** Skipped if promtool is not installed (Debian: package prometheus); in CI it must be installed. */
const whereInstalled = isInstalled || process.env['CI'] ? it : it.skip; // needs promtool

describe('GET /metrics', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService()));
  afterAll(() => service.close());

  it('reports the process, the pool, and requests by route template', async () => {
    await send(`${service.url}/api/health/live`);
    await send(`${service.url}/nowhere/4711`);
    const { status, headers, text } = await send(`${service.url}/metrics`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).toMatch(/database_pool_connections\{state="open"\} \d/);
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/api/health/live",status="200"} 1',
    );
    expect(text).toContain('route="none",status="404"');
    expect(text).not.toContain('4711');
  });

  whereInstalled('is accepted by promtool (skipped if it is not installed)', async () => {
    const { text } = await send(`${service.url}/metrics`);
    const { status, stdout, stderr } = spawnSync(PROMTOOL, ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    expect(text).toContain('nodejs_active_handles{');
  });
});

describe('GET /metrics with METRICS_TOKEN', () => {
  const token = 'metrics-token-of-a-test';
  let service: TestService;
  beforeAll(async () => (service = await startTestService({ env: { METRICS_TOKEN: token } })));
  afterAll(() => service.close());

  it('is open to that token', async () => {
    const answer = await send(`${service.url}/metrics`, { token });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('process_cpu_seconds_total')]);
  });

  it.each<[whose: string, headers: Readonly<Record<string, string>>]>([
    ['nothing', {}],
    ['another token', { authorization: 'Bearer metrics-token-of-a-tesT' }],
    ['a longer one', { authorization: `Bearer ${token}x` }],
    ['something after it', { authorization: `Bearer ${token} x` }],
    ['a token of an admin', { authorization: `Bearer ${tokenOf('a', ['admin'])}` }],
  ])('is 401 to %s', async (_whose, headers) => {
    const answer = await send(`${service.url}/metrics`, { headers });
    expect(refusal(answer, 401).code).toBe('METRICS.UNAUTHENTICATED');
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it('gives access to nothing else', async () => {
    refusal(await send(`${service.url}/api/auth/me`, { token }), 401);
  });
});
