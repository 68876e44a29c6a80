import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

interface ModuleList {
  data: { id: string; partnerId?: string | null }[];
  page: { limit: number; nextCursor: string | null };
}

describe('GET /api/modules', () => {
  let service: TestService;
  const maker = tokenOf('maker', ['partner']);
  const user = tokenOf('stranger', ['user']);

  beforeAll(async () => {
    service = await startTestService();
    const module = { type: 'module', creditCost: '2.500', partnerId: 'maker' };
    await importRecords(service.app, [
      { type: 'user', id: 'maker', roles: ['partner'] },
      { type: 'user', id: 'rival', roles: ['partner'] },
      { ...module, id: 'B-charts', name: 'Charts, "interactive"', requiresPurchasedCredits: true },
      { ...module, id: 'a-maps', name: 'MAPS 100%', archived: true },
      { ...module, id: 'c-rival', name: 'Ünï_charts 愛', partnerId: 'rival' },
      { ...module, id: 'd-own', name: 'Mail', partnerId: null, creditCost: '0' },
    ]);
  });
  afterAll(() => service.close());

  const get = (path: string, token = user): Promise<Answer> =>
    send(`${service.url}/api/modules${path}`, { token });
  const list = async (query: string, token = user): Promise<ModuleList> => {
    const answer = await get(query, token);
    expect(answer.status).toBe(200);
    return answer.json<ModuleList>();
  };
  const idsOf = async (query: string, token = user): Promise<string[]> =>
    (await list(query, token)).data.map(({ id }) => id);

  it('shows all of them to every role, sorted by the bytes of the id, but not their partners', async () => {
    expect(await list('')).toEqual({
      data: [
        {
          id: 'B-charts',
          name: 'Charts, "interactive"',
          creditCost: '2.5',
          requiresPurchasedCredits: true,
          archived: false,
        },
        {
          id: 'a-maps',
          name: 'MAPS 100%',
          creditCost: '2.5',
          requiresPurchasedCredits: false,
          archived: true,
        },
        {
          id: 'c-rival',
          name: 'Ünï_charts 愛',
          creditCost: '2.5',
          requiresPurchasedCredits: false,
          archived: false,
        },
        { id: 'd-own', name: 'Mail', creditCost: '0', requiresPurchasedCredits: false, archived: false },
      ],
      page: { limit: 50, nextCursor: null },
    });
  });

  it('shows a partner the owner of its own modules, and of no others', async () => {
    const { data } = await list('', maker);
    expect(data.map((module) => ('partnerId' in module ? module.partnerId : 'hidden'))).toEqual([
      'maker',
      'maker',
      'hidden',
      'hidden',
    ]);
    const colleague = tokenOf('colleague', ['partner'], { partnerId: 'maker' });
    expect((await get('/a-maps', colleague)).json()).toMatchObject({ partnerId: 'maker' });
    expect((await get('/c-rival', colleague)).json()).not.toHaveProperty('partnerId');
    // The claim belongs to the role partner: without the role it has no effect.
    const pretender = tokenOf('maker', ['user'], { partnerId: 'maker' });
    expect((await get('/a-maps', pretender)).json()).not.toHaveProperty('partnerId');
  });

  it.each(['finance', 'admin', 'platform'] as const)('shows %s the partners of all modules', async (role) => {
    const { data } = await list('', tokenOf('x', [role]));
    expect(data.map(({ partnerId }) => partnerId)).toEqual(['maker', 'maker', 'rival', null]);
  });

  it('lists only the caller’s own with mine=true, and none for callers who are not partners', async () => {
    expect(await idsOf('?mine=true', maker)).toEqual(['B-charts', 'a-maps']);
    expect(await idsOf('?mine=false', maker)).toHaveLength(4);
    expect(await idsOf('?mine=true', user)).toEqual([]);
    expect(await idsOf('?mine=true', tokenOf('maker', ['admin']))).toEqual([]);
  });

  it.each([
    ['charts', ['B-charts', 'c-rival']],
    ['CHARTS', ['B-charts', 'c-rival']],
    ['ÜNÏ', ['c-rival']],
    ['uni', ['c-rival']],
    ['U\u0308Ni\u0308', ['c-rival']],
    ['ｍａｐｓ', ['a-maps']],
    ['B-CHÁRTS', ['B-charts']],
    ['愛', ['c-rival']],
    ['uni_charts 愛', ['c-rival']],
    ['interactive', ['B-charts']],
    ['"inter', ['B-charts']],
    ['charts, "in', ['B-charts']],
    ['100%', ['a-maps']],
    ['d-own', ['d-own']],
    ['d-', ['d-own']],
    ['harts', []],
    ['own', []],
    ['%', []],
    ['_', []],
    ["'; DROP TABLE modules;--", []],
  ])(
    'finds %s by the first letters of the id or of a word of the name, without regard to case and accents',
    async (q, ids) => {
      expect(await idsOf(`?q=${encodeURIComponent(q)}`)).toEqual(ids);
    },
  );

  it('separates deployable modules from archived ones', async () => {
    expect(await idsOf('?archived=true')).toEqual(['a-maps']);
    expect(await idsOf('?archived=false&q=m')).toEqual(['d-own']);
  });

  it('continues page by page, whatever is renamed in between', async () => {
    const first = await list('?limit=2');
    expect(first.data.map(({ id }) => id)).toEqual(['B-charts', 'a-maps']);
    await send(`${service.url}/api/modules/c-rival`, {
      method: 'PATCH',
      token: tokenOf('root', ['admin']),
      body: { name: 'AAA' },
    });
    const second = await list(`?limit=2&cursor=${first.page.nextCursor}`);
    expect(second.data.map(({ id }) => id)).toEqual(['c-rival', 'd-own']);
    expect(second.page.nextCursor).toBeNull();
    await send(`${service.url}/api/modules/c-rival`, {
      method: 'PATCH',
      token: tokenOf('root', ['admin']),
      body: { name: 'Ünï_charts 愛' },
    });
  });

  it('binds a cursor to its filter, and mine to the partner', async () => {
    const { page } = await list('?limit=1&mine=true', maker);
    expect(page.nextCursor).not.toBeNull();
    for (const [query, token] of [
      ['', maker],
      ['&mine=true&q=m', maker],
      ['&mine=true&archived=true', maker],
      ['&mine=true', tokenOf('rival', ['partner'])],
    ] as const) {
      const answer = await get(`?cursor=${page.nextCursor}${query}`, token);
      expect(refusal(answer).code).toBe('PAGING.BAD_CURSOR');
    }
    expect(await idsOf(`?mine=true&cursor=${page.nextCursor}`, maker)).toEqual(['a-maps']);
  });

  it.each([
    'mine=1',
    'mine=',
    'q=',
    'q=%20',
    'q=%00',
    'archived=yes',
    'limit=501',
    'partnerId=maker',
    'cursor=!',
  ])('refuses %s', async (query) => {
    expect(refusedFields(await get(`?${query}`))).toEqual([`query.${query.split('=')[0]}`]);
  });

  it('refuses a parameter twice', async () => {
    expect(refusedFields(await get('?q=a&q=b'))).toEqual(['query.q']);
  });

  it('shows one module, archived or not, and answers 404 for an unknown one', async () => {
    expect((await get('/a-maps')).json()).toMatchObject({ id: 'a-maps', archived: true });
    expect(refusal(await get('/A-MAPS'), 404).code).toBe('MODULES.NOT_FOUND');
    expect(refusedFields(await get('/a%00'))).toEqual(['path.id']);
  });

  it('is closed to callers without a known role', async () => {
    expect((await get('', tokenOf('x', ['guest']))).status).toBe(403);
    expect((await send(`${service.url}/api/modules`)).status).toBe(401);
  });
});
