import { OPENAPI_JSON_PATH } from '../../src/platform/openapi/index.js';
import type { AccessRow, Call, Target } from '../support/access-row.js';
import { ACCESS_TABLE } from '../support/access-table.js';
import { CANARIES, CATALOGUE_CANARIES, settleWorld, WALKERS, type Walker } from '../support/access-world.js';
import { operationsOf, type ApiDocument, type ApiOperation } from '../support/api-document.js';
import { problemIn, send, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { forgeToken, secondsFromNow, tokenOf } from '../support/tokens.js';

const TARGETS = ['own', 'foreign', 'missing', 'malformed'] as const satisfies readonly Target[];

describe('every route, called by every caller for every target', () => {
  let service: TestService;
  let operations: readonly ApiOperation[];
  let calls = 0;

  beforeAll(async () => {
    service = await startTestService();
    await settleWorld(service);
    operations = operationsOf((await send(`${service.url}${OPENAPI_JSON_PATH}`)).json<ApiDocument>());
  });
  afterAll(() => service.close());

  const callsOf = (row: AccessRow): [Target, Call][] =>
    TARGETS.flatMap((target) => {
      const call = row.calls[target]?.(`fresh-${(calls += 1)}`);
      return call ? [[target, call] as [Target, Call]] : [];
    });
  const make = (call: Call, token?: string): Promise<Answer> =>
    send(`${service.url}${call.path}`, { ...call, token });

  /** Status of each target of a row for a caller; errors must be problem documents. */
  const walk = async (row: AccessRow, token?: string): Promise<Partial<Record<Target, number>>> => {
    const statuses: Partial<Record<Target, number>> = {};
    for (const [target, call] of callsOf(row)) {
      const answer = await make(call, token);
      if (answer.status >= 400) problemIn(answer);
      statuses[target] = answer.status;
    }
    return statuses;
  };

  const denied = (row: AccessRow, status: 401 | 403): Partial<Record<Target, number>> =>
    Object.fromEntries(Object.keys(row.calls).map((target) => [target, status]));

  it('has a row in the table, and the table has no other', () => {
    expect(Object.keys(ACCESS_TABLE).sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it('declares the roles that have access in the table', () => {
    for (const { name, roles, security } of operations) {
      const access = ACCESS_TABLE[name]?.access;
      const declared = roles ? inOrder(roles) : security?.length ? 'token' : 'public';
      expect([name, declared]).toEqual([
        name,
        typeof access === 'object' ? inOrder(Object.keys(access)) : access,
      ]);
    }
  });

  describe.each(Object.entries(ACCESS_TABLE))('%s', (_name, row) => {
    const { access, statuses } = row;

    if (access === 'public') {
      it.each([['no token', undefined], ...Object.entries(WALKERS)])('is open to %s', async (_who, token) => {
        expect(await walk(row, token)).toEqual(statuses);
      });
      return;
    }

    it.each([
      ['no token', undefined],
      ['a broken token', 'x.y.z'],
      [
        'an expired token',
        forgeToken({ payload: { sub: 'walk-admin', roles: ['admin'], exp: secondsFromNow(-9) } }),
      ],
    ])('is closed to %s, before anything else is checked', async (_who, token) => {
      expect(await walk(row, token)).toEqual(denied(row, 401));
    });

    it('is closed to a token without a known role, unless any token is enough', async () => {
      const found = await walk(row, tokenOf('walk-user', ['owner']));
      expect(found).toEqual(access === 'token' ? statuses : denied(row, 403));
    });

    it.each(Object.entries(WALKERS) as [Walker, string][])(
      'answers %s as in the table',
      async (walker, token) => {
        const expected = access === 'token' ? statuses : (access[walker] ?? denied(row, 403));
        expect(await walk(row, token)).toEqual(expected);
      },
    );

    it.each(['partner', 'user'] as const)('shows a %s nothing about customers and others', async (walker) => {
      for (const [target, call] of callsOf(row)) {
        const answer = await make(call, WALKERS[walker]);
        const sent = `${decodeURIComponent(call.path.replace('%00', ''))} ${JSON.stringify(call.body)}`;
        const secrets = [...CANARIES, ...(call.path.startsWith('/api/modules') ? [] : CATALOGUE_CANARIES)];
        const told = secrets.filter((secret) => answer.text.includes(secret) && !sent.includes(secret));
        expect([target, told]).toEqual([target, []]);
      }
    });
  });
});

function inOrder(roles: readonly string[]): string[] {
  return Object.keys(WALKERS).filter((role) => roles.includes(role));
}
