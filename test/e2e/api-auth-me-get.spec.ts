import { DataSource } from 'typeorm';
import { refusal, send } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('GET /api/auth/me', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  const me = (token?: string): ReturnType<typeof send> => send(`${service.url}/api/auth/me`, { token });

  it('returns the claims of the token, for users who are stored and who are not', async () => {
    const answer = await me(
      tokenOf('stored-nowhere', ['partner', 'user', 'something'], { partnerId: 'p-7' }),
    );

    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      id: 'stored-nowhere',
      roles: ['user', 'partner'],
      partnerId: 'p-7',
      earns: true,
    });
  });

  it('is the only route for a token without a known role', async () => {
    const token = tokenOf('usr_1', ['something']);

    expect((await me(token)).json()).toEqual({ id: 'usr_1', roles: [], partnerId: null, earns: false });
    refusal(await send(`${service.url}/api/modules`, { token }), 403);
  });

  it('accepts no token of an anonymised user', async () => {
    const admin = tokenOf('adm_1', ['admin']);
    const body = { id: 'gone_1', roles: ['user'] };
    await send(`${service.url}/api/users`, { method: 'POST', token: admin, body });
    const token = tokenOf('gone_1', ['user', 'admin']);
    expect((await me(token)).status).toBe(200);

    const owner = await new DataSource({ type: 'postgres', url: service.database.ownerUrl }).initialize();
    await owner.query("UPDATE users SET anonymised_at = now(), roles = '{}' WHERE id = 'gone_1'");
    await owner.destroy();

    refusal(await me(token), 401);
    refusal(await send(`${service.url}/api/users`, { token }), 401);
  });
});
