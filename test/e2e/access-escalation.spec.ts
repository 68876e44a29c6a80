import { settleWorld, WALKERS, WORLD } from '../support/access-world.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

interface ImportReport {
  readonly refused: number;
  readonly refusals: readonly { readonly code: string }[];
}

describe('privilege escalation', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    await settleWorld(service);
  });
  afterAll(() => service.close());

  const write = (method: string, path: string, token: string, body: unknown): Promise<Answer> =>
    send(`${service.url}${path}`, { method, token, body });
  const rolesOf = async (id: string): Promise<string[]> =>
    (await send(`${service.url}/api/users/${id}`, { token: WALKERS.admin })).json<{ roles: string[] }>()
      .roles;

  /** The problem code of the refused line; undefined if the line was accepted. */
  const importLine = async (token: string, line: object, query = ''): Promise<string | undefined> => {
    const answer = await send(`${service.url}/api/imports${query}`, {
      method: 'POST',
      token,
      headers: { 'content-type': 'application/x-ndjson' },
      body: JSON.stringify(line),
    });
    return answer.json<ImportReport>().refusals[0]?.code;
  };

  const HIGH_ROLES = ['finance', 'admin', 'platform'];

  describe.each(HIGH_ROLES)('platform, which cannot grant %s', (role) => {
    it('to a new user, by a route or by an import line', async () => {
      refusal(
        await write('POST', '/api/users', WALKERS.platform, { id: `new-${role}`, roles: ['user', role] }),
        403,
      );
      refusal(await send(`${service.url}/api/users/new-${role}`, { token: WALKERS.admin }), 404);

      const line = { type: 'user', id: `new-${role}-2`, roles: ['user', role] };
      expect(await importLine(WALKERS.platform, line)).toBe('USERS.NOT_GRANTABLE');
      refusal(await send(`${service.url}/api/users/new-${role}-2`, { token: WALKERS.admin }), 404);
    });

    it('to an existing user, by a route or by an import line', async () => {
      refusal(await write('PATCH', '/api/users/walk-user', WALKERS.platform, { roles: ['user', role] }), 403);

      const line = { type: 'user', id: 'walk-user', roles: ['user', role] };
      expect(await importLine(WALKERS.platform, line, '?update=true')).toBe('USERS.NOT_GRANTABLE');
      expect(await rolesOf('walk-user')).toEqual(['user']);
    });
  });

  it('platform changes no user with the role finance or admin, by a route or by an import line', async () => {
    for (const change of [{ name: 'Another' }, { roles: ['user'] }, { email: 'mine@example.com' }]) {
      refusal(await write('PATCH', '/api/users/walk-finance', WALKERS.platform, change), 403);
      const line = { type: 'user', id: 'walk-finance', roles: ['user'], ...change };
      expect(await importLine(WALKERS.platform, line, '?update=true')).toMatch(
        /^USERS\.(?:PRIVILEGED|NOT_GRANTABLE)$/,
      );
    }
    expect(await rolesOf('walk-finance')).toEqual(['finance']);
  });

  it('platform sets no password, so it cannot sign in as another user', async () => {
    const password = 'a password of the platform';
    refusal(
      await write('POST', '/api/users', WALKERS.platform, {
        id: 'taken-over',
        roles: ['user'],
        email: 'x@example.com',
        password,
      }),
      403,
    );
    refusal(await write('PATCH', '/api/users/walk-login', WALKERS.platform, { password }), 403);
    expect(
      await importLine(
        WALKERS.platform,
        { type: 'user', id: 'walk-login', roles: ['user'], password },
        '?update=true',
      ),
    ).toBe('IMPORT.BAD_FIELD');
  });

  it.each(['user', 'partner', 'finance'] as const)('%s changes no user, not even itself', async (walker) => {
    const self = `/api/users/walk-${walker}`;
    refusal(await write('PATCH', self, WALKERS[walker], { roles: ['admin'] }), 403);
    refusal(
      await write('POST', '/api/users', WALKERS[walker], { id: `by-${walker}`, roles: ['admin'] }),
      403,
    );
  });

  it('a partner takes no module from another partner, and gives none away', async () => {
    const { ownModule, otherModule, otherPartner } = WORLD;
    refusal(
      await write('PATCH', `/api/modules/${otherModule}`, WALKERS.partner, { partnerId: 'walk-partner' }),
      403,
    );
    refusal(
      await write('PATCH', `/api/modules/${ownModule}`, WALKERS.partner, { partnerId: otherPartner }),
      403,
    );
    refusal(await write('PATCH', `/api/modules/${ownModule}`, WALKERS.partner, { partnerId: null }), 403);
    refusal(
      await write('POST', '/api/modules', WALKERS.partner, {
        id: 'm-x',
        name: 'X',
        creditCost: '1',
        partnerId: null,
      }),
      403,
    );
  });

  it.each([
    ['award', {}],
    ['purchase', { amount: '0' }],
  ])('no caller imports an %s for itself or for a customer of its modules', async (type, more) => {
    const lineFor = (userId: string): object => ({
      type,
      externalId: `own-${type}-${userId}`,
      userId,
      credits: '1000',
      occurredAt: '2026-03-01T00:00:00Z',
      ...more,
    });
    await write('POST', '/api/users', WALKERS.admin, { id: 'walk-admin', roles: ['admin'] });

    expect(await importLine(WALKERS.admin, lineFor('walk-admin'))).toBe('CREDITS.OWN_INTEREST');
    const owner = tokenOf('walk-partner', ['admin']);
    expect(await importLine(owner, lineFor(WORLD.customer))).toBe('CREDITS.OWN_INTEREST');
    expect(await importLine(WALKERS.admin, lineFor(WORLD.customer))).toBeUndefined();
  });
});
