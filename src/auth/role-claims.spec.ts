import { Controller, Get } from '@nestjs/common';
import {
  doorConfig,
  startHttpApplication,
  type HttpApplication,
} from '../../test/support/http-application.js';
import { refusal, send } from '../../test/support/http-client.js';
import { forgeToken, secondsFromNow } from '../../test/support/tokens.js';
import type { AuthConfig } from '../platform/config/index.js';
import { Access } from './index.js';

@Controller('api/things')
class ThingsController {
  @Get()
  @Access('admin')
  things(): object {
    return {};
  }
}

type Claims = Readonly<Record<string, unknown>>;

describe('the roles of a token, in the forms of identity providers', () => {
  const doors: HttpApplication[] = [];
  const doorOf = async (auth: Partial<AuthConfig>): Promise<HttpApplication> => {
    const door = await startHttpApplication([ThingsController], doorConfig({}, auth));
    doors.push(door);
    return door;
  };
  afterEach(async () => {
    for (const door of doors.splice(0)) await door.close();
  });

  const ask = async (door: HttpApplication, path: string, claims: Claims): ReturnType<typeof send> => {
    const payload = { sub: 'usr_1', exp: secondsFromNow(3600), ...claims };
    return send(`${door.url}${path}`, { token: forgeToken({ payload }) });
  };
  const rolesOf = async (door: HttpApplication, claims: Claims): Promise<readonly string[]> => {
    const answer = await ask(door, '/api/auth/me', claims);
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    return answer.json<{ roles: string[] }>().roles;
  };
  const why = async (door: HttpApplication, claims: Claims): Promise<string> =>
    refusal(await ask(door, '/api/things', claims), 403).detail;

  it('come from the claim with the exact name, even if it looks like a path', async () => {
    const door = await doorOf({ rolesClaim: 'https://example.com/roles' });
    expect(await rolesOf(door, { 'https://example.com/roles': ['admin'] })).toEqual(['admin']);
    const both = { 'https://example': { 'com/roles': ['admin'] }, 'https://example.com/roles': ['user'] };
    expect(await rolesOf(door, both)).toEqual(['user']);
  });

  it.each<[path: string, claims: Claims]>([
    ['realm_access.roles', { realm_access: { roles: ['finance', 'offline_access'] } }],
    ['resource_access.revenue.roles', { resource_access: { revenue: { roles: ['finance'] } } }],
    [
      'resource_access.revenue.example.roles',
      { resource_access: { 'revenue.example': { roles: ['finance'] } } },
    ],
  ])('come from the end of a path if no claim has the exact name: %s', async (rolesClaim, claims) => {
    expect(await rolesOf(await doorOf({ rolesClaim }), claims)).toEqual(['finance']);
  });

  it.each<Claims>([
    {},
    { realm_access: null },
    { realm_access: 'roles' },
    { realm_access: [['admin']] },
    { realm_access: { roles: null } },
    { roles: ['admin'] },
  ])('are empty if the path does not exist: %j', async (claims) => {
    expect(await rolesOf(await doorOf({ rolesClaim: 'realm_access.roles' }), claims)).toEqual([]);
  });

  it('do not come from properties that every object has', async () => {
    const door = await doorOf({ rolesClaim: 'constructor.name' });
    expect(await rolesOf(door, {})).toEqual([]);
  });

  it('come from flags in addition to the claim', async () => {
    const door = await doorOf({
      roleFlags: [
        { claim: 'isPartner', role: 'partner' },
        { claim: 'app.admin', role: 'admin' },
      ],
    });
    expect(await rolesOf(door, { isPartner: true, app: { admin: false } })).toEqual(['partner']);
    expect(await rolesOf(door, { roles: ['user'], isPartner: null, app: { admin: true } })).toEqual([
      'user',
      'admin',
    ]);
    expect((await ask(door, '/api/things', { app: { admin: true } })).status).toBe(200);
  });

  it.each<unknown>(['true', 1, [], {}])('are refused if a flag is %j', async (isAdmin) => {
    const door = await doorOf({ roleFlags: [{ claim: 'isAdmin', role: 'admin' }] });
    const answer = refusal(await ask(door, '/api/auth/me', { isAdmin }), 401);
    expect(answer.detail).toBe('The claim isAdmin must be true or false.');
  });

  it('are explained if one is missing: the claim that was read and its value', async () => {
    const door = await doorOf({ rolesClaim: 'realm_access.roles' });
    const none =
      'Your token does not permit this. It requires the role admin. The claim realm_access.roles of the token';
    expect(await why(door, { roles: ['admin'] })).toBe(`${none} is absent.`);
    expect(await why(door, { realm_access: { roles: [] } })).toBe(`${none} is empty.`);
    expect(await why(door, { realm_access: { roles: ['owner'] } })).toBe(
      `${none} contains none of the roles user, partner, finance, admin, platform.`,
    );
    expect(await why(door, { realm_access: { roles: ['user', 'finance'] } })).toBe(
      `${none} grants user, finance.`,
    );
  });

  it('are explained for flags too', async () => {
    const roleFlags = [
      { claim: 'isPartner', role: 'partner' },
      { claim: 'isAdmin', role: 'admin' },
    ] as const;
    const door = await doorOf({ roleFlags });
    expect(await why(door, {})).toMatch(
      /The claim roles of the token is absent\. None of the flags isPartner, isAdmin is true\.$/,
    );
    expect(await why(door, { isPartner: true })).toMatch(/ The flags isPartner, isAdmin grant partner\.$/);
  });
});
