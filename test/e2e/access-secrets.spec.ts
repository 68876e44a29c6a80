import { CANARIES, CATALOGUE_CANARIES, settleWorld, WALKERS, WORLD } from '../support/access-world.js';
import { refusal, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

/** Every route that returns figures. */
const REPORTS = [
  '',
  '?includeFree=true',
  '?includeFree=true&format=csv',
  '?sort=revenue&order=asc&limit=1',
  '?sort=moduleName&limit=1',
  '?startDate=2026-01-01&endDate=2026-12-31&timeZone=Pacific/Auckland',
  '/summary?includeFree=true&groupBy=module',
  '/summary?includeFree=true&groupBy=day,module&format=csv',
  '/summary?includeFree=true&groupBy=month,module&owner=partner',
].map((query) => `/api/revenue${query}`);

const EXPLANATIONS = [WORLD.ownDeployment, 'refunded-deployment'].map((id) => `/api/revenue/${id}`);

/** Requests of a partner about other partners, next to requests about unknown ids. */
const FOREIGN = [
  [`/api/revenue/${WORLD.otherDeployment}`, '/api/revenue/nothing'],
  [`/api/revenue/${WORLD.platformDeployment}`, '/api/revenue/nothing'],
  [`/api/revenue?moduleId=${WORLD.otherModule}`, '/api/revenue?moduleId=nothing'],
  ['/api/revenue?moduleId=platform-module', '/api/revenue?moduleId=nothing'],
  [`/api/revenue?moduleId=${WORLD.ownModule}&moduleId=${WORLD.otherModule}`, '/api/revenue?moduleId=nothing'],
  [`/api/revenue?partnerId=${WORLD.otherPartner}`, '/api/revenue?partnerId=nothing'],
  [`/api/revenue?partnerId=${WORLD.customer}`, '/api/revenue?partnerId=nothing'],
  [
    `/api/revenue/summary?groupBy=day&moduleId=${WORLD.otherModule}`,
    '/api/revenue/summary?groupBy=day&moduleId=nothing',
  ],
  [
    `/api/revenue/summary?groupBy=day&partnerId=${WORLD.otherPartner}`,
    '/api/revenue/summary?groupBy=day&partnerId=nothing',
  ],
] as const;

describe('what a partner sees', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    await settleWorld(service);
  });
  afterAll(() => service.close());

  const ask = (path: string, token: string): Promise<Answer> => send(`${service.url}${path}`, { token });
  const secretsIn = (text: string, canaries: readonly string[]): string[] =>
    canaries.filter((one) => text.includes(one));

  it.each([...REPORTS, ...EXPLANATIONS])('contains nothing about others: %s', async (path) => {
    const answer = await ask(path, WALKERS.partner);

    expect(answer.status).toBe(200);
    expect(answer.text).toContain(WORLD.ownDeployment.slice(0, 3));
    expect(secretsIn(answer.text, [...CANARIES, ...CATALOGUE_CANARIES])).toEqual([]);
    expect([...answer.headers].filter(([, value]) => value.includes('canary'))).toEqual([]);
  });

  it('is a part of what finance sees, which contains all those secrets', async () => {
    const all = await Promise.all(
      [
        ...REPORTS,
        ...EXPLANATIONS,
        `/api/revenue/${WORLD.otherDeployment}`,
        '/api/users',
        '/api/modules',
        `/api/credits/history?userId=${WORLD.customer}`,
      ].map((path) => ask(path, WALKERS.finance)),
    );
    const text = all.map((answer) => answer.text).join('\n');
    const unseen = [...CANARIES, ...CATALOGUE_CANARIES].filter((canary) => !text.includes(canary));

    expect(unseen).toEqual([]);
  });

  it.each(FOREIGN)('of %s is the same as of %s', async (foreign, missing) => {
    const named = (answer: Answer, path: string): unknown => {
      const id = path.split(/[/=]/).at(-1) ?? '';
      const problem = refusal(answer, 404);
      return { ...problem, detail: problem.detail.replaceAll(id, '?'), requestId: '?' };
    };

    expect(named(await ask(foreign, WALKERS.partner), foreign)).toEqual(
      named(await ask(missing, WALKERS.partner), missing),
    );
  });

  it.each([
    ['partner', ['walk-partner']],
    ['module', [WORLD.ownModule]],
  ])('is summed by %s without anything about others', async (groupBy, keys) => {
    const answer = await ask(`/api/revenue/summary?includeFree=true&groupBy=${groupBy}`, WALKERS.partner);

    expect(answer.json<{ data: { key: string }[] }>().data.map(({ key }) => key)).toEqual(keys);
  });

  it('is everything if the caller has the role finance as well', async () => {
    const token = tokenOf('walk-partner', ['partner', 'finance']);
    const answer = await ask(`/api/revenue/${WORLD.otherDeployment}`, token);

    expect(answer.status).toBe(200);
    expect(answer.text).toContain(WORLD.customer);
  });

  it('depends on the partnerId, whichever user of the partner asks', async () => {
    const colleague = tokenOf('somebody-of-the-partner', ['partner'], { partnerId: 'walk-partner' });
    const mine = await ask('/api/revenue', colleague);
    expect(mine.text).toContain(WORLD.ownDeployment);

    const elsewhere = tokenOf('walk-partner', ['partner'], { partnerId: 'partner-of-nothing' });
    expect((await ask('/api/revenue', elsewhere)).json<{ data: unknown[] }>().data).toEqual([]);
    refusal(await ask(`/api/revenue/${WORLD.ownDeployment}`, elsewhere), 404);
  });

  it('is nothing without the role, even with a partnerId', async () => {
    const token = tokenOf('walk-user', ['user'], { partnerId: 'walk-partner' });

    refusal(await ask('/api/revenue', token), 403);
  });
});
