import { isClean, RevenueService } from '../../src/revenue/index.js';
import { creditsClient } from '../support/credits-client.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { revenueReport } from '../support/revenue-client.js';
import { revenuePlatform } from '../support/revenue-platform.js';
import { startTestService, type TestService } from '../support/service.js';
import { contentOfTables } from '../support/table-contents.js';
import { tokenOf } from '../support/tokens.js';

const PASSWORD = 'correct horse battery staple';
const EMAIL = 'zelda.unmistakable@people.example';
const NAME = 'Zelda Unmistakable';
const REASON = 'zelda said it hurt';
/** Each user's personal words; none of them may remain anywhere. */
const PERSONAL = ['zelda', 'unmistakable', 'it hurt', 'argon2'];

const ZELDA: readonly TestRecord[] = [
  {
    type: 'award',
    externalId: 'z-gift',
    userId: 'u-77',
    credits: '4',
    occurredAt: '2026-01-02T00:00:00Z',
    reason: REASON,
  },
  {
    type: 'purchase',
    externalId: 'z-buy',
    userId: 'u-77',
    credits: '10',
    amount: '3',
    occurredAt: '2026-01-03T00:00:00Z',
  },
  {
    type: 'deployment',
    id: 'z-dep',
    userId: 'u-77',
    moduleId: 'a-maps',
    creditCost: '6',
    createdAt: '2026-01-04T00:00:00Z',
  },
  {
    type: 'refund',
    externalId: 'z-back',
    deploymentId: 'z-dep',
    credits: '1',
    occurredAt: '2026-01-05T00:00:00Z',
    reason: REASON,
  },
];

describe('POST /api/users/{id}/anonymise', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);
  const zelda = tokenOf('u-77', ['user', 'partner', 'admin']);

  const post = (path: string, body?: unknown, token = admin, key?: string): Promise<Answer> =>
    send(`${service.url}${path}`, {
      method: 'POST',
      token,
      body,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const get = (path: string, token = admin): Promise<Answer> => send(`${service.url}${path}`, { token });
  const anonymise = (id: string, token = admin): Promise<Answer> =>
    post(`/api/users/${id}/anonymise`, undefined, token);

  describe('erases a user with entries and records of every kind', () => {
    let sumsBefore: unknown;
    let linesBefore: unknown;
    let answered: Answer;

    const sums = async (): Promise<unknown> => {
      const { data, totals } = await revenueReport(service, 'includeFree=true&limit=500');
      return { totals, rows: data.map(({ userEmail, ...row }) => (userEmail === undefined ? null : row)) };
    };
    const lines = async (): Promise<unknown> =>
      (await creditsClient(service).allLines('userId=u-77')).map(({ reason, ...line }) =>
        reason === undefined ? null : line,
      );

    beforeAll(async () => {
      service = await startTestService();
      const user = { id: 'u-77', email: EMAIL, name: NAME, roles: ['user', 'partner'], password: PASSWORD };
      expect((await post('/api/users', user, admin, 'key-of-create')).status).toBe(201);
      expect((await importRecords(service.app, [...revenuePlatform(), ...ZELDA])).refusals).toEqual([]);
      const award = { externalId: 'z-2', userId: 'u-77', credits: '1', reason: REASON };
      expect((await post('/api/credits/awards', award, admin, 'key-of-award')).status).toBe(201);
      const login = { email: EMAIL, password: PASSWORD };
      expect((await post('/api/auth/login', login)).status).toBe(200);
      expect((await post('/api/auth/login', { ...login, password: 'x'.repeat(20) })).status).toBe(401);
      expect((await get('/api/auth/me', zelda)).status).toBe(200);
      sumsBefore = await sums();
      linesBefore = await lines();
      const stored = JSON.stringify(await contentOfTables(service)).toLowerCase();
      expect(PERSONAL.filter((word) => !stored.includes(word))).toEqual([]);
      answered = await anonymise('u-77');
    });
    afterAll(() => service.close());

    it('returns the id and the instant', () => {
      expect(answered.status).toBe(200);
      expect(answered.json()).toEqual({ id: 'u-77', anonymisedAt: expect.stringMatching(/Z$/) as string });
    });

    it('leaves no personal data in any table, including the audit and the stored answers', async () => {
      const stored = await contentOfTables(service);
      expect(Object.keys(stored)).toEqual(
        expect.arrayContaining(['users', 'personal_texts', 'audit_events', 'idempotency_records']),
      );
      for (const [table, rows] of Object.entries(stored)) {
        const text = JSON.stringify(rows).toLowerCase();
        expect([table, PERSONAL.filter((word) => text.includes(word))]).toEqual([table, []]);
      }
      expect((await get('/api/users/u-77')).json()).toEqual({
        id: 'u-77',
        email: null,
        name: null,
        roles: [],
      });
    });

    it('leaves the ledger and every sum unchanged', async () => {
      expect(await sums()).toEqual(sumsBefore);
      expect(await lines()).toEqual(linesBefore);
      const { data } = await revenueReport(service, 'moduleId=a-maps&limit=500');
      expect(data.find(({ deploymentId }) => deploymentId === 'z-dep')).toMatchObject({
        userId: 'u-77',
        userEmail: null,
      });
      const verification = await service.app.get(RevenueService, { strict: false }).verify();
      expect(isClean(verification)).toBe(true);
    });

    it('ends the user’s access, by token and by password', async () => {
      for (const path of ['/api/auth/me', '/api/credits/balance', '/api/revenue', '/api/users']) {
        expect([path, (await get(path, zelda)).status]).toEqual([path, 401]);
      }
      expect((await anonymise('ann', zelda)).status).toBe(401);
      expect((await post('/api/auth/login', { email: EMAIL, password: PASSWORD })).status).toBe(401);
    });

    it('repeats its answer, and also a second request with the first key', async () => {
      const again = await anonymise('u-77');
      expect([again.status, again.json()]).toEqual([200, answered.json()]);
      const [first, replayed] = [
        await post('/api/users/u-77/anonymise', undefined, admin, 'key'),
        await post('/api/users/u-77/anonymise', undefined, admin, 'key'),
      ];
      expect([first.text, replayed.text]).toEqual([answered.text, answered.text]);
      expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    });

    it('allows no change of the user any more: a route answers 409, an import line is known', async () => {
      const before = await contentOfTables(service);
      const user = { id: 'u-77', email: EMAIL, name: NAME, roles: ['user', 'partner'] };
      expect(refusal(await post('/api/users', user), 409).code).toBe('USERS.ANONYMISED');
      // The stored answer with the personal data is deleted, so its key reveals nothing either.
      const first = { ...user, password: PASSWORD };
      expect(refusal(await post('/api/users', first, admin, 'key-of-create'), 409).code).toBe(
        'USERS.ANONYMISED',
      );
      const patched = await send(`${service.url}/api/users/u-77`, {
        method: 'PATCH',
        token: admin,
        body: { name: NAME },
      });
      expect(refusal(patched, 409).code).toBe('USERS.ANONYMISED');
      const report = await importRecords(service.app, [{ type: 'user', ...user }], { update: true });
      expect(report).toMatchObject({ added: 0, known: 1, changed: 0, refused: 0 });
      expect(await contentOfTables(service)).toEqual(before);
    });

    it('still records entries of the user, but without texts', async () => {
      const refund = { externalId: 'z-back-2', credits: '1', reason: REASON };
      expect((await post('/api/deployments/z-dep/refunds', refund)).status).toBe(201);
      const late = { ...ZELDA[0], externalId: 'z-late' } as TestRecord;
      expect(await importRecords(service.app, [late])).toMatchObject({ added: 1 });
      const texts = JSON.stringify((await contentOfTables(service))['personal_texts']);
      expect(texts).not.toContain(REASON);
    });

    it('is audited with ids only', async () => {
      const events = (await get('/api/audit?action=users.anonymise')).json<{
        data: { actor: unknown; outcome: string; target: unknown }[];
      }>();
      expect(events.data.map(({ outcome }) => outcome).sort()).toEqual(['done', 'known', 'known']);
      expect(JSON.stringify(events)).toContain('"u-77"');
    });
  });

  describe('never leaves the service without an administrator', () => {
    beforeAll(async () => {
      service = await startTestService();
      for (const id of ['root', 'other', 'ann']) {
        await post('/api/users', { id, roles: id === 'ann' ? ['user'] : ['admin'] });
      }
    });
    afterAll(() => service.close());

    it('is not allowed for callers who receive revenue', async () => {
      const earner = tokenOf('p-1', ['admin', 'partner']);
      const claimant = tokenOf('p-2', ['admin'], { partnerId: 'p-1' });
      for (const token of [earner, claimant]) {
        expect(refusal(await anonymise('other', token), 403).code).toBe('AUTH.OWN_INTEREST');
      }
      expect((await get('/api/users/other')).json()).toMatchObject({ roles: ['admin'] });
    });

    it('is not allowed for the caller itself, stored or not', async () => {
      expect(refusal(await anonymise('root'), 403).code).toBe('USERS.NOT_YOURSELF');
      expect(refusal(await anonymise('ghost', tokenOf('ghost', ['admin'])), 403).code).toBe(
        'USERS.NOT_YOURSELF',
      );
      expect((await get('/api/users/root')).json()).toMatchObject({ roles: ['admin'] });
    });

    it('allows only one of two administrators who anonymise each other at once', async () => {
      const answers = await Promise.all([anonymise('other'), anonymise('root', tokenOf('other', ['admin']))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    });

    it.each(['user', 'partner', 'finance', 'platform'] as const)('is not for %s', async (role) => {
      expect((await anonymise('ann', tokenOf('somebody', [role]))).status).toBe(403);
    });

    it('answers 404 for an unknown user, and accepts no body', async () => {
      const survivor = (await get('/api/auth/me')).status === 200 ? admin : tokenOf('other', ['admin']);
      expect(refusal(await anonymise('nobody', survivor), 404).code).toBe('USERS.NOT_FOUND');
      refusal(await post('/api/users/ann/anonymise', { really: true }, survivor), 400);
    });
  });
});
