import { startTestService, type TestService } from '../support/service.js';

describe('GET /metrics', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService()));
  afterAll(() => service.close());

  it('tells of the process, the pool, and of requests by route template', async () => {
    await fetch(`${service.url}/api/health/live`);
    await fetch(`${service.url}/nowhere/4711`);
    const response = await fetch(`${service.url}/metrics`);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).toMatch(/database_pool_connections\{state="open"\} \d/);
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/api/health/live",status="200"} 1',
    );
    expect(text).toContain('route="none",status="404"');
    expect(text).not.toContain('4711');
  });
});
