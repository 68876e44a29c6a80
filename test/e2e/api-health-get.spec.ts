import { send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';

describe('GET /api/health', () => {
  let service: TestService;
  beforeAll(async () => (service = await startTestService()));
  afterAll(() => service.close());

  it.each(['/api/health/live', '/api/health/ready'])('%s is ok, and needs no token', async (path) => {
    const response = await send(service.url + path);
    expect(response.status).toBe(200);
    expect(response.json()).toEqual({ status: 'ok' });
  });
});

describe('GET /api/health/ready without a database', () => {
  it('is a 503 problem, while live remains ok', async () => {
    const service = await startTestService();
    await service.database.drop();
    const [ready, live] = await Promise.all([
      send(`${service.url}/api/health/ready`),
      send(`${service.url}/api/health/live`),
    ]);
    expect(ready.status).toBe(503);
    expect(ready.headers.get('content-type')).toBe('application/problem+json');
    expect(ready.headers.get('retry-after')).toBe('2');
    expect(ready.json()).toMatchObject({ status: 503, code: 'HTTP.UNAVAILABLE' });
    expect(live.status).toBe(200);
    await service.app.close();
  });
});
