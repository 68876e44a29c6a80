import { OPENAPI_JSON_PATH } from '../../src/platform/openapi/index.js';
import type { Call } from '../support/access-row.js';
import { settleWorld, WALKERS, WORLD } from '../support/access-world.js';
import { operationsOf, type ApiDocument } from '../support/api-document.js';
import { problemIn, send, type Answer } from '../support/http-client.js';
import { MONEY_TABLE } from '../support/money-table.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const OWN_INTEREST = 'AUTH.OWN_INTEREST';

/** A caller of the walk, and the same caller without its partner claim or role. */
interface Earner {
  readonly id: string;
  readonly token: string;
  readonly control: { readonly id: string; readonly token: string };
}

const claim = { partnerId: 'walk-partner' };
const EARNERS: readonly (readonly [string, Earner])[] = (['platform', 'admin', 'finance'] as const).flatMap(
  (role) => {
    const control = { id: 'walk-user', token: tokenOf('walk-user', [role]) };
    const partner = { id: 'walk-partner', token: tokenOf('walk-partner', [role, 'partner']), control };
    const colleague = { id: 'walk-user', token: tokenOf('walk-user', [role], claim), control };
    return [
      [`${role} and partner`, partner],
      [`${role} with the claim partnerId`, colleague],
    ] as const;
  },
);

const ADMIN_WHO_EARNS = { id: 'walk-partner', token: tokenOf('walk-partner', ['admin', 'partner']) };

describe('callers who receive revenue cannot record money', () => {
  let service: TestService;
  let fresh = 0;

  beforeAll(async () => {
    service = await startTestService();
    await settleWorld(service);
    const step = await send(`${service.url}/api/variables/partnerRevenueShare`, {
      method: 'PUT',
      token: tokenOf('root', ['admin']),
      body: { value: '25', effectiveFrom: '2026-03-01' },
    });
    expect(step.status).toBe(200);
  });
  afterAll(() => service.close());

  const make = (call: Call, token: string): Promise<Answer> =>
    send(`${service.url}${call.path}`, { ...call, token });
  const made = async (
    call: (fresh: string, callerId: string) => Call,
    { id, token }: { readonly id: string; readonly token: string },
  ): Promise<string> => codeOf(await make(call(`fresh-${(fresh += 1)}`, id), token));

  it('has a row for every writing route', async () => {
    const document = (await send(`${service.url}${OPENAPI_JSON_PATH}`)).json<ApiDocument>();
    const writing = operationsOf(document).filter(({ method }) => method.toUpperCase() !== 'GET');
    expect(Object.keys(MONEY_TABLE).sort()).toEqual(writing.map(({ name }) => name).sort());
  });

  const moneyCalls = Object.entries(MONEY_TABLE).flatMap(([route, { money }]) =>
    Object.entries(money).map(([what, call]) => [route, what, call] as const),
  );

  it.each(moneyCalls)('%s: %s', async (_route, _what, call) => {
    const controls: string[] = [];
    for (const [who, earner] of EARNERS) {
      const code = await made(call, earner);
      const control = await made(call, earner.control);
      controls.push(control);
      // A caller whose role has no access can get AUTH.FORBIDDEN instead.
      const expected = control === 'done' ? [OWN_INTEREST] : [OWN_INTEREST, 'AUTH.FORBIDDEN'];
      expect([who, expected.includes(code) ? 'refused' : code]).toEqual([who, 'refused']);
    }
    expect(controls).toContain('done');
  });

  const freeCalls = Object.entries(MONEY_TABLE).flatMap(([route, { free = {} }]) =>
    Object.entries(free).map(([what, call]) => [route, what, call] as const),
  );

  it.each(freeCalls)('%s: not %s', async (_route, _what, call) => {
    for (const [who, earner] of EARNERS) {
      const codes = [await made(call, earner), await made(call, earner.control)];
      expect([who, codes.includes(OWN_INTEREST)]).toEqual([who, false]);
    }
    expect(await made(call, ADMIN_WHO_EARNS)).toBe('done');
  });

  it('is audited when it tries, by a route, a charge or an import line', async () => {
    const token = tokenOf('crook', ['platform', 'partner']);
    await make({ method: 'POST', path: '/api/credits/awards', body: {} }, token);
    const body = { userId: WORLD.customer, moduleId: WORLD.ownModule, creditCost: '4000' };
    await make({ method: 'POST', path: '/api/deployments', body }, token);
    const importLine = MONEY_TABLE['POST /api/imports']?.money['a line of an award'];
    await make(importLine?.('crooked', 'crook') as Call, token);

    const audit = await send(`${service.url}/api/audit?actor=crook`, { token: WALKERS.admin });
    const { data } = audit.json<{ data: { action: string; outcome: string; details: object }[] }>();
    expect(data.map(({ action, outcome, details }) => ({ action, outcome, details })).reverse()).toEqual([
      { action: 'awards.create', outcome: 'refused', details: { code: OWN_INTEREST } },
      { action: 'deployments.create', outcome: 'refused', details: { code: OWN_INTEREST } },
      {
        action: 'imports.run',
        outcome: 'refused',
        details: expect.objectContaining({ refused: 1, codes: { [OWN_INTEREST]: 1 } }) as object,
      },
    ]);
  });

  it('gets no stored answer of a request that it sent without the claim', async () => {
    const call: Call = {
      method: 'POST',
      path: '/api/credits/awards',
      body: { userId: WORLD.stranger, credits: '1' },
      headers: { 'idempotency-key': 'award-once' },
    };
    expect((await make(call, tokenOf('walk-user', ['platform']))).status).toBe(201);
    expect(codeOf(await make(call, tokenOf('walk-user', ['platform'], claim)))).toBe(OWN_INTEREST);

    const order = { userId: 'walk-user', moduleId: WORLD.ownModule };
    const charge: Call = { ...call, path: '/api/deployments', body: order };
    const headers = { 'idempotency-key': 'charge-once' };
    expect((await make({ ...charge, headers }, tokenOf('walk-user', ['platform']))).status).toBe(201);
    const again = await make({ ...charge, headers }, tokenOf('walk-user', ['platform'], claim));
    expect(codeOf(again)).toBe('IDEMPOTENCY.OTHER_REQUEST');
  });

  it('records no line of entries in an atomic import, and no other line of it', async () => {
    const lines = [
      { type: 'user', id: 'atomic-user', roles: ['user'] },
      { ...{ type: 'award', externalId: 'atomic', userId: 'atomic-user', credits: '1' } },
    ].map((record) =>
      JSON.stringify({ ...record, ...('userId' in record ? { occurredAt: '2026-03-01T00:00:00Z' } : {}) }),
    );
    const headers = { 'content-type': 'application/x-ndjson' };
    const path = '/api/imports?atomic=true';
    const answer = await make(
      { method: 'POST', path, headers, body: lines.join('\n') },
      ADMIN_WHO_EARNS.token,
    );
    expect(codeOf(answer)).toBe('IMPORT.ALL_OR_NOTHING');
    expect(problemIn(answer).errors).toEqual([
      { field: 'line 2', message: expect.stringContaining(OWN_INTEREST) as string },
    ]);
    expect((await send(`${service.url}/api/users/atomic-user`, { token: WALKERS.admin })).status).toBe(404);
  });

  it('does not charge others for its modules with a token that lacks the partner claim', async () => {
    const order = { userId: WORLD.customer, moduleId: WORLD.ownModule };
    const owner = tokenOf('walk-partner', ['platform']);
    const answer = await make({ method: 'POST', path: '/api/deployments', body: order }, owner);
    expect(codeOf(answer)).toBe('CREDITS.OWN_INTEREST');
  });

  describe.each(EARNERS.filter(([who]) => !who.startsWith('finance')))(
    '%s finds no way around',
    (_who, earner) => {
      const write = async (method: string, path: string, body: unknown): Promise<string> =>
        codeOf(await make({ method, path, body }, earner.token));
      const importLine = async (record: object): Promise<string> =>
        codeOf(
          await make(
            {
              method: 'POST',
              path: '/api/imports?update=true',
              headers: { 'content-type': 'application/x-ndjson' },
              body: JSON.stringify(record),
            },
            earner.token,
          ),
        );

      it('by another administrator, made or taken over', async () => {
        const user = { id: 'straw-man', roles: ['admin'] };
        expect(await write('POST', '/api/users', user)).toBe('USERS.NOT_GRANTABLE');
        expect(await importLine({ type: 'user', ...user })).toBe('USERS.NOT_GRANTABLE');
        expect(await write('PATCH', '/api/users/walk-user', { roles: ['platform'] })).toBe(
          'USERS.NOT_GRANTABLE',
        );
        const password = 'a password of the crook';
        expect(await write('PATCH', '/api/users/walk-login', { password })).toBe('USERS.PASSWORD_NOT_YOURS');
        expect(await write('PATCH', '/api/users/walk-finance', { email: 'a@example.com' })).toBe(
          'USERS.PRIVILEGED',
        );
        const taken = { type: 'user', id: 'walk-finance', roles: ['user'] };
        expect(await importLine(taken)).toBe('USERS.PRIVILEGED');
      });

      it('by a rival’s module, taken over or made cheap', async () => {
        const { otherModule, otherPartner } = WORLD;
        const path = `/api/modules/${otherModule}`;
        expect(await write('PATCH', path, { creditCost: '0' })).toBe('MODULES.FOREIGN');
        expect(await write('PATCH', path, { partnerId: 'walk-partner' })).toBe('MODULES.FOREIGN');
        expect(await write('PATCH', '/api/modules/platform-module', { creditCost: '0' })).toBe(
          'MODULES.FOREIGN',
        );
        const module = { id: 'by-an-earner', name: 'Theirs', creditCost: '1', partnerId: otherPartner };
        expect(await write('POST', '/api/modules', module)).toBe('MODULES.PARTNER_NOT_YOURS');
        expect(await importLine({ type: 'module', ...module })).toBe('MODULES.PARTNER_NOT_YOURS');
        const cheap = { type: 'module', id: otherModule, name: 'Canary Module', creditCost: '0' };
        expect(await importLine({ ...cheap, partnerId: otherPartner })).toBe('MODULES.FOREIGN');
        expect(await importLine({ ...cheap, partnerId: 'walk-partner' })).toBe('MODULES.FOREIGN');
      });
    },
  );
});

/** The result of a request: `done`, or the problem code of the request or of the first line of its import. */
function codeOf(answer: Answer): string {
  if (answer.status >= 400) return problemIn(answer).code;
  const { refusals } = answer.json<{ refusals?: unknown }>();
  const [first] = Array.isArray(refusals) ? (refusals as { code: string }[]) : [];
  return first?.code ?? 'done';
}
