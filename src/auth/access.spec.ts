import { Controller, Get } from '@nestjs/common';
import { startHttpApplication, type HttpApplication } from '../../test/support/http-application.js';
import { refusal, send } from '../../test/support/http-client.js';
import { tokenOf } from '../../test/support/tokens.js';
import { PublicRoute } from '../platform/http/index.js';
import { ACCESS_RULE } from './access.decorator.js';
import {
  Access,
  ANY_ROLE,
  AUTHENTICATED,
  CurrentCaller,
  isGlobalReader,
  PUBLIC,
  ROLES,
  type Caller,
  type Role,
} from './index.js';

@Controller('api/rules')
@Access('admin')
class RulesController {
  @Get('of-the-class')
  ofTheClass(): object {
    return {};
  }

  @Get('two-roles')
  @Access('finance', 'platform')
  twoRoles(): object {
    return {};
  }

  @Get('any-role')
  @Access(ANY_ROLE)
  anyRole(): object {
    return {};
  }

  @Get('authenticated')
  @Access(AUTHENTICATED)
  authenticated(@CurrentCaller() caller: Caller): object {
    return { id: caller.id };
  }

  @Get('public')
  @Access(PUBLIC)
  public(): object {
    return {};
  }

  @Get('public-and-admin')
  @PublicRoute()
  @Access('admin')
  both(): object {
    return {};
  }

  @Get('public-caller')
  @Access(PUBLIC)
  publicCaller(@CurrentCaller() caller: Caller): object {
    return { id: caller.id };
  }
}

@Controller('api/forgotten')
class ForgottenController {
  @Get()
  forgotten(): object {
    return {};
  }
}

@Controller('api/late')
class LateController {
  @Get()
  @Access('admin')
  late(): object {
    return {};
  }
}

describe('@Access', () => {
  let door: HttpApplication;

  beforeAll(async () => {
    door = await startHttpApplication([RulesController]);
  });
  afterAll(() => door.close());

  const statusOf = async (route: string, token?: string): Promise<number> =>
    (await send(`${door.url}/api/rules/${route}`, { token })).status;

  it.each<[route: string, roles: readonly string[]]>([
    ['of-the-class', ['admin']],
    ['two-roles', ['finance', 'platform']],
    ['any-role', ROLES],
    ['public-and-admin', ['admin']],
  ])('allows %s only for %j', async (route, permitted) => {
    expect(await statusOf(route)).toBe(401);
    for (const role of [...ROLES, 'root', 'Admin', 'admin ']) {
      expect([role, await statusOf(route, tokenOf('usr_1', [role]))]).toEqual([
        role,
        permitted.includes(role) ? 200 : 403,
      ]);
    }
  });

  it('accepts any matching role of a token', async () => {
    expect(await statusOf('two-roles', tokenOf('usr_1', ['user', 'unknown', 'finance']))).toBe(200);
  });

  it('can require only a valid token', async () => {
    expect(await statusOf('authenticated')).toBe(401);
    expect(await statusOf('authenticated', tokenOf('usr_1', []))).toBe(200);
  });

  it('can require nothing, and then ignores tokens', async () => {
    expect(await statusOf('public')).toBe(200);
    expect(await statusOf('public', 'rubbish')).toBe(200);
  });

  it('provides no caller on a public route', async () => {
    refusal(await send(`${door.url}/api/rules/public-caller`), 500);
  });

  it('cannot be forgotten: the service does not start', async () => {
    await expect(startHttpApplication([ForgottenController])).rejects.toThrow(
      'ForgottenController.forgotten',
    );
  });

  it('denies a route without a rule at run time too', async () => {
    const late = await startHttpApplication([LateController]);
    Reflect.deleteMetadata(
      ACCESS_RULE,
      Object.getOwnPropertyDescriptor(LateController.prototype, 'late')?.value as object,
    );
    try {
      refusal(await send(`${late.url}/api/late`, { token: tokenOf('usr_1', ['admin']) }), 403);
      refusal(await send(`${late.url}/api/late`), 401);
    } finally {
      await late.close();
    }
  });
});

describe('a global reader', () => {
  const caller = (...roles: Role[]): Caller => ({
    id: 'usr_1',
    roles: new Set(roles),
    rolesAccount: '',
    partnerId: null,
    earnsAs: null,
  });

  it('has finance or admin, even together with partner', () => {
    expect(isGlobalReader(caller('finance', 'partner'))).toBe(true);
    expect(isGlobalReader(caller('admin'))).toBe(true);
    expect(isGlobalReader(caller('partner', 'platform', 'user'))).toBe(false);
  });
});
