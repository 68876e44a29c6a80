import type { User } from '../../src/users/index.js';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

interface UserList {
  data: User[];
  page: { limit: number; nextCursor: string | null };
}

describe('GET /api/users', () => {
  let service: TestService;
  const ids = ['A-1', 'Z', '_', 'a', 'a.b', 'b', 'u~9'].map((id) => `0${id}`);

  beforeAll(async () => {
    service = await startTestService();
    await importRecords(
      service.app,
      [...ids].reverse().map((id) => ({ type: 'user', id, name: `N ${id}`, roles: ['user'] })),
    );
  });
  afterAll(() => service.close());

  const get = (path: string, token = tokenOf('x', ['finance'])): Promise<Answer> =>
    send(`${service.url}/api/users${path}`, { token });
  const page = async (query: string): Promise<UserList> => (await get(query)).json<UserList>();

  it.each(['finance', 'admin', 'platform'] as const)('shows all users to %s', async (role) => {
    const answer = await get('', tokenOf('x', [role]));
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      data: ids.map((id) => ({ id, email: null, name: `N ${id}`, roles: ['user'] })),
      page: { limit: 50, nextCursor: null },
    });
  });

  it('continues by the bytes of the id, page by page, whatever is added in between', async () => {
    const first = await page('?limit=3');
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    await importRecords(service.app, [{ type: 'user', id: '00-first', roles: [] }]);
    const second = await page(`?limit=3&cursor=${first.page.nextCursor}`);
    expect(second.data.map(({ id }) => id)).toEqual(ids.slice(3, 6));
    const last = await page(`?limit=3&cursor=${second.page.nextCursor}`);
    expect(last).toMatchObject({ data: [{ id: '0u~9' }], page: { limit: 3, nextCursor: null } });
  });

  it('refuses the cursor of another list', async () => {
    const modules = Buffer.from(JSON.stringify(['x', 'a'])).toString('base64url');
    expect(refusal(await get(`?cursor=${modules}`)).code).toBe('PAGING.BAD_CURSOR');
  });

  describe('with q and role', () => {
    beforeAll(async () => {
      const { refusals } = await importRecords(service.app, [
        { type: 'user', id: 'Ada-1', name: 'Zoë Adams', email: 'boss@x.example', roles: ['user'] },
        { type: 'user', id: 'c-2', name: 'Ādám Łódź', email: 'ADA@b.example', roles: ['user', 'partner'] },
        { type: 'user', id: 'c-3', name: 'Ada Lovelace', email: 'ada@a.example', roles: ['user'] },
        { type: 'user', id: 'c-4', name: '100%_x', email: null, roles: ['partner'] },
        { type: 'user', id: 'c-5', name: 'Straße 愛', roles: [] },
      ]);
      expect(refusals).toEqual([]);
    });
    const found = async (query: string): Promise<string[]> =>
      (await page(`?${query}`)).data.map(({ id }) => id);

    it.each([
      // By id, by e-mail address, by name, by last word; each user once.
      ['ada', ['Ada-1', 'c-3', 'c-2']],
      ['ADAM', ['c-2', 'Ada-1']],
      ['adam l', ['c-2']],
      ['ądá lòve', ['c-3']],
      ['lodz', ['c-2']],
      ['love', ['c-3']],
      ['ove', []],
      ['boss@', ['Ada-1']],
      ['strasse', ['c-5']],
      ['愛', ['c-5']],
      ['100%', ['c-4']],
      ['%', []],
      ['_', []],
      ["c-4'; --", []],
    ])('finds %s from the first letters of id, e-mail address and name', async (q, ids) => {
      expect(await found(`q=${encodeURIComponent(q)}`)).toEqual(ids);
    });

    it('lists the users of a role, and those of them that are found', async () => {
      expect(await found('role=partner')).toEqual(['c-2', 'c-4']);
      expect(await found('role=partner&q=ada')).toEqual(['c-2']);
      expect(await found('role=user&q=ada')).toEqual(['Ada-1', 'c-3', 'c-2']);
      expect(await found('role=finance')).toEqual([]);
    });

    it.each(['q=ada', 'q=ada&role=user', 'role=partner', 'role=user', 'q=c-', 'q=0&role=user'])(
      'continues page by page: %s',
      async (query) => {
        const all: string[] = [];
        let cursor = '';
        do {
          const { data, page: next } = await page(`?${query}&limit=1${cursor}`);
          all.push(...data.map(({ id }) => id));
          cursor = `&cursor=${next.nextCursor}`;
          if (next.nextCursor === null) break;
        } while (all.length < 50);
        expect(all).toEqual(await found(query));
      },
    );

    it('binds a cursor to its filter', async () => {
      const { page: next } = await page('?q=ada&limit=1');
      for (const query of ['', '&q=ad', '&q=ada&role=user']) {
        expect(refusal(await get(`?limit=1&cursor=${next.nextCursor}${query}`)).code).toBe(
          'PAGING.BAD_CURSOR',
        );
      }
    });

    it.each(['q=', 'q=%20', 'q=%00', 'role=boss', 'role='])('refuses %s', async (query) => {
      expect(refusedFields(await get(`?${query}`))).toEqual([`query.${query.split('=')[0]}`]);
    });
  });

  it.each(['limit=0', 'limit=501', 'limit=5e1', 'limit=', 'cursor=%00', 'cursor='])(
    'refuses %s',
    async (query) => {
      const [name] = query.split('=');
      expect(refusedFields(await get(`?${query}`))).toEqual([`query.${name}`]);
    },
  );

  it('refuses unknown parameters', async () => {
    expect(refusedFields(await get('?name=a'))).toEqual(['query.name']);
  });

  it('shows one user', async () => {
    const answer = await get('/0a.b');
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ id: '0a.b', email: null, name: 'N 0a.b', roles: ['user'] });
  });

  it('finds a user only by the exact case of the id', async () => {
    expect(refusal(await get('/0A.B'), 404).code).toBe('USERS.NOT_FOUND');
  });

  it.each(['%00', 'a%20b', '-a', 'a%2Fb'])('refuses the id %s', async (id) => {
    expect(refusedFields(await get(`/${id}`))).toEqual(['path.id']);
  });

  it.each(['user', 'partner'] as const)('is not for %s', async (role) => {
    expect((await get('', tokenOf('0a', [role]))).status).toBe(403);
    expect((await get('/0a', tokenOf('0a', [role]))).status).toBe(403);
  });
});
