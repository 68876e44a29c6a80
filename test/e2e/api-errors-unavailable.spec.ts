import { problemIn, send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('without its database', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    await service.database.drop();
  });
  afterAll(() => service.app.close());

  it.each(['/api/users', '/api/modules/m-1', '/api/revenue', '/api/auth/me'])(
    'the service reports it, with a time to retry: %s',
    async (path) => {
      const answer = await send(`${service.url}${path}`, { token: tokenOf('usr_1', ['admin']) });

      expect(answer.status).toBe(503);
      expect(problemIn(answer).code).toBe('HTTP.UNAVAILABLE');
      expect(answer.headers.get('retry-after')).toBe('2');
      expect(answer.text).not.toContain(service.database.name);
    },
  );

  it('the service still checks tokens and the form of requests', async () => {
    expect((await send(`${service.url}/api/users`)).status).toBe(401);
    expect((await send(`${service.url}/api/health/live`)).status).toBe(200);
    expect((await send(`${service.url}/api/health/ready`)).status).toBe(503);
  });
});
