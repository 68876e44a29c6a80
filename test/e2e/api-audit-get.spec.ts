import { Client } from 'pg';
import type { AuditEventResponseDto, AuditListResponseDto } from '../../src/audit/audit-list.dto.js';
import { settleWorld, WALKERS, WORLD } from '../support/access-world.js';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('GET /api/audit', () => {
  let service: TestService;
  let owner: Client;

  beforeAll(async () => {
    service = await startTestService();
    owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    await settleWorld(service);
  });
  afterAll(async () => {
    await owner.end();
    await service.close();
  });

  const call = (method: string, path: string, token: string, body?: unknown): Promise<Answer> =>
    send(`${service.url}${path}`, { method, token, body });
  const list = async (query: string): Promise<AuditListResponseDto> => {
    const answer = await call('GET', `/api/audit${query}`, WALKERS.admin);
    expect(answer.status).toBe(200);
    return answer.json<AuditListResponseDto>();
  };
  const latest = async (query = ''): Promise<AuditEventResponseDto> => {
    const [event] = (await list(`?limit=1${query === '' ? '' : `&${query}`}`)).data;
    return event as AuditEventResponseDto;
  };
  const importLines = (lines: readonly object[], query = ''): Promise<Answer> =>
    send(`${service.url}/api/imports${query}`, {
      method: 'POST',
      token: WALKERS.platform,
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.map((line) => JSON.stringify(line)).join('\n'),
    });

  describe('contains every write', () => {
    it.each([
      [
        'POST',
        '/api/users',
        { id: 'au-1', roles: ['user', 'partner'] },
        {
          action: 'users.create',
          targetType: 'user',
          target: 'au-1',
          details: { roles: ['user', 'partner'] },
        },
      ],
      [
        'PATCH',
        '/api/users/au-1',
        { name: 'Ada', roles: ['user'] },
        { action: 'users.edit', target: 'au-1', details: { fields: ['name', 'roles'], roles: ['user'] } },
      ],
      [
        'POST',
        '/api/modules',
        { id: 'am-1', name: 'Maps', partnerId: null, creditCost: '1' },
        { action: 'modules.create', targetType: 'module', target: 'am-1' },
      ],
      [
        'PATCH',
        '/api/modules/am-1',
        { creditCost: '2' },
        { action: 'modules.edit', target: 'am-1', details: { fields: ['creditCost'] } },
      ],
      [
        'PUT',
        '/api/variables/creditsPerUnit',
        { value: '12.50' },
        {
          action: 'variables.set',
          targetType: 'variable',
          target: 'creditsPerUnit',
          details: { from: '10', to: '12.5' },
        },
      ],
    ])('%s %s: done, and repeated', async (method, path, body, expected) => {
      for (const outcome of ['done', 'known']) {
        const answer = await call(method, path, WALKERS.admin, body);
        expect(answer.status).toBeLessThan(300);
        expect(await latest()).toMatchObject({
          actor: 'walk-admin',
          actorRoles: ['admin'],
          requestId: answer.headers.get('x-request-id'),
          outcome,
          ...(outcome === 'done' ? expected : { action: expected.action, target: expected.target }),
        });
      }
    });

    it('POST /api/imports: one event with its counts', async () => {
      const lines = [
        { type: 'user', id: 'ai-1', roles: ['user'] },
        { type: 'user', id: 'walk-user', roles: ['user'] },
        { type: 'user', id: 'ai-2', roles: ['admin'] },
      ];
      await importLines(lines);
      const counts = { lines: 3, added: 1, known: 1, changed: 0, refused: 1 };
      expect(await latest()).toMatchObject({
        action: 'imports.run',
        actor: 'walk-platform',
        target: null,
        outcome: 'done',
        details: { ...counts, ending: 'recorded', atomic: false, codes: { 'USERS.NOT_GRANTABLE': 1 } },
      });

      await importLines(lines.slice(0, 2));
      expect(await latest()).toMatchObject({ outcome: 'known', details: { known: 2, refused: 0 } });
    });

    it('POST /api/imports?atomic=true: in its transaction, and refused as a whole', async () => {
      const good = { type: 'user', id: 'ai-3', roles: ['user'] };
      refusal(await importLines([good, { type: 'user', id: 'ai-4', roles: ['admin'] }], '?atomic=true'), 422);
      expect(await latest()).toMatchObject({
        outcome: 'refused',
        details: { ending: 'refused', refused: 1 },
      });

      await importLines([good], '?atomic=true');
      expect(await latest()).toMatchObject({ outcome: 'done', details: { added: 1, atomic: true } });
      const { data } = await list('?action=imports.run&outcome=done');
      expect(data.filter(({ details }) => details['atomic'] === true)).toHaveLength(1);
    });

    it('POST /api/auth/login: who signed in, and attempts that failed', async () => {
      expect((await call('POST', '/api/auth/login', '', WORLD.login)).status).toBe(200);
      expect(await latest()).toMatchObject({
        action: 'auth.login',
        actor: 'walk-login',
        actorRoles: ['user'],
        target: 'walk-login',
        outcome: 'done',
      });

      await call('POST', '/api/auth/login', '', { ...WORLD.login, password: 'a wrong password' });
      const attempt = { action: 'auth.login', actor: null, outcome: 'refused' };
      expect(await latest()).toMatchObject({ ...attempt, target: 'walk-login' });
      await call('POST', '/api/auth/login', '', { ...WORLD.login, email: 'nobody@example.com' });
      expect(await latest()).toMatchObject({ ...attempt, target: null });
    });
  });

  describe('contains every refused attempt to access data of others', () => {
    it.each([
      ['POST', '/api/users', { id: 'x', roles: ['user'] }, 'user', 'users.create', null, 'AUTH.FORBIDDEN'],
      [
        'PATCH',
        '/api/users/walk-finance',
        { name: 'X' },
        'platform',
        'users.edit',
        'walk-finance',
        'USERS.PRIVILEGED',
      ],
      [
        'PATCH',
        `/api/modules/${WORLD.otherModule}`,
        { name: 'X' },
        'partner',
        'modules.edit',
        WORLD.otherModule,
        'MODULES.FOREIGN',
      ],
      [
        'PUT',
        '/api/variables/currency',
        { value: 'EUR' },
        'finance',
        'variables.set',
        'currency',
        'AUTH.FORBIDDEN',
      ],
      ['GET', '/api/audit', undefined, 'finance', 'GET /api/audit', null, 'AUTH.FORBIDDEN'],
      [
        'GET',
        `/api/users/${WORLD.customer}`,
        undefined,
        'user',
        'GET /api/users/{id}',
        WORLD.customer,
        'AUTH.FORBIDDEN',
      ],
      [
        'GET',
        `/api/revenue/${WORLD.otherDeployment}`,
        undefined,
        'partner',
        'GET /api/revenue/{deploymentId}',
        WORLD.otherDeployment,
        'REVENUE.DEPLOYMENT_NOT_FOUND',
      ],
      [
        'GET',
        `/api/revenue?moduleId=${WORLD.otherModule}`,
        undefined,
        'partner',
        'GET /api/revenue',
        WORLD.otherModule,
        'REVENUE.MODULE_NOT_FOUND',
      ],
      [
        'GET',
        `/api/revenue?partnerId=${WORLD.otherPartner}`,
        undefined,
        'partner',
        'GET /api/revenue',
        WORLD.otherPartner,
        'REVENUE.PARTNER_NOT_FOUND',
      ],
    ] as const)('%s %s', async (method, path, body, walker, action, target, code) => {
      const answer = await call(method, path, WALKERS[walker], body);
      expect(refusal(answer, answer.status).code).toBe(code);
      expect(await latest()).toMatchObject({
        actor: `walk-${walker}`,
        action,
        target,
        outcome: 'refused',
        requestId: answer.headers.get('x-request-id'),
        details: { code },
      });
    });

    it.each([
      ['no token', 'GET', '/api/users', undefined, 401],
      ['bad input', 'POST', '/api/users', { id: 'a b', roles: [] }, 400],
      ['what nobody has', 'GET', '/api/users/nobody', undefined, 404],
      [
        'an id that was taken',
        'POST',
        '/api/modules',
        { id: WORLD.ownModule, name: 'X', creditCost: '1', partnerId: null },
        409,
      ],
    ] as const)('but not of %s', async (_what, method, path, body, status) => {
      const before = await latest();
      const token = status === 401 ? 'x.y.z' : WALKERS.admin;
      refusal(await call(method, path, token, body), status);
      expect(await latest()).toEqual(before);
    });

    it('sums up a caller who is refused again and again', async () => {
      const token = tokenOf('flood', ['user']);
      for (let attempt = 0; attempt < 70; attempt += 1) await call('GET', '/api/users', token);
      expect((await list('?actor=flood&limit=100')).data).toHaveLength(60);
    });
  });

  it('contains no personal data and no secret', async () => {
    const personal = {
      email: 'private.audit@example.com',
      name: 'Private Audit',
      password: 'a private password',
    };
    await call('POST', '/api/users', WALKERS.admin, { id: 'au-private', roles: ['user'], ...personal });
    await call('PATCH', '/api/users/au-private', WALKERS.admin, personal);
    await call('POST', '/api/auth/login', '', { email: personal.email, password: personal.password });
    await call('POST', '/api/auth/login', '', { email: personal.email, password: 'a private guess' });
    await call('POST', '/api/auth/login', '', {
      email: 'private.nobody@example.com',
      password: 'a private guess',
    });
    await importLines([
      { type: 'user', id: 'au-private', roles: ['user'], email: personal.email, name: 'Private' },
    ]);
    const { rows } = await owner.query<{ event: string }>(
      'SELECT audit_events::text AS event FROM audit_events',
    );
    expect(rows.length).toBeGreaterThan(20);
    const told = rows.filter(({ event }) => /private[. ]|@example|\$argon2/i.test(event));
    expect(told).toEqual([]);
  });

  describe('filters and pages', () => {
    it.each([
      ['actor=walk-platform', (event: AuditEventResponseDto) => event.actor === 'walk-platform'],
      ['action=modules.edit', (event: AuditEventResponseDto) => event.action === 'modules.edit'],
      ['targetType=variable', (event: AuditEventResponseDto) => event.targetType === 'variable'],
      ['target=am-1', (event: AuditEventResponseDto) => event.target === 'am-1'],
      ['outcome=refused', (event: AuditEventResponseDto) => event.outcome === 'refused'],
      [
        'target=am-1&outcome=done',
        (event: AuditEventResponseDto) => event.target === 'am-1' && event.outcome === 'done',
      ],
    ])('%s', async (query, matches) => {
      const all = (await list('?limit=500')).data;
      expect(all.length).toBeLessThan(500);
      const { data } = await list(`?limit=500&${query}`);
      expect(data.length).toBeGreaterThan(0);
      expect(data).toEqual(all.filter(matches));
    });

    it('by days and by instants', async () => {
      const all = (await list('?limit=500')).data;
      const [middle] = all.slice(40) as [AuditEventResponseDto];
      expect((await list(`?limit=500&startDate=${middle.when}`)).data).toEqual(
        all.filter(({ when }) => Date.parse(when) > Date.parse(middle.when) || when === middle.when),
      );
      const before = (await list(`?limit=500&endDate=${middle.when}`)).data;
      expect(before).toEqual(all.slice(41));

      await owner.query(
        `INSERT INTO audit_events (occurred_at, actor_roles, action, request_id, outcome, details) VALUES
           ('2026-04-30 23:59:59.999999+00', '{}', 'day', 'r1', 'done', '{}'),
           ('2026-05-01 00:00:00+00', '{}', 'day', 'r2', 'done', '{}'),
           ('2026-05-01 23:59:59.999999+00', '{}', 'day', 'r3', 'done', '{}'),
           ('2026-05-02 00:00:00+00', '{}', 'day', 'r4', 'done', '{}')`,
      );
      const { data } = await list('?action=day&startDate=2026-05-01&endDate=2026-05-01');
      expect(data.map(({ requestId, when }) => [requestId, when])).toEqual([
        ['r3', '2026-05-01T23:59:59.999999Z'],
        ['r2', '2026-05-01T00:00:00Z'],
      ]);
    });

    it('the latest first, each once, through all pages', async () => {
      const all = (await list('?limit=500')).data;
      const paged: AuditEventResponseDto[] = [];
      for (let cursor = ''; ;) {
        const { data, page } = await list(`?limit=7${cursor}`);
        paged.push(...data);
        if (page.nextCursor === null) break;
        cursor = `&cursor=${page.nextCursor}`;
      }
      expect(paged).toEqual(all);
      const times = all.map(({ when }) => when);
      expect(times.map((when) => Date.parse(when))).toEqual(
        times.map((when) => Date.parse(when)).sort((left, right) => right - left),
      );
    });

    it.each([
      ['?outcome=maybe', ['query.outcome']],
      ['?target=a%20b', ['query.target']],
      ['?startDate=2026-05-02&endDate=2026-05-01', ['query.endDate']],
      ['?startDate=2026-05-01&endDate=2026-05-02T00:00:00Z', ['query.endDate']],
      ['?role=admin', ['query.role']],
    ])('refuses %s', async (query, fields) => {
      expect(refusedFields(await call('GET', `/api/audit${query}`, WALKERS.admin))).toEqual(fields);
    });

    it('refuses a cursor of another filter', async () => {
      const { page } = await list('?limit=1');
      const answer = await call(
        'GET',
        `/api/audit?limit=1&outcome=done&cursor=${page.nextCursor}`,
        WALKERS.admin,
      );
      expect(refusal(answer).code).toBe('PAGING.BAD_CURSOR');
    });
  });
});
