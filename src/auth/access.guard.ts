import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { Problem } from '../platform/problem/index.js';
import { accessRuleOf } from './access-rule.js';
import { AUTHENTICATED, PUBLIC, type AccessRule } from './access.decorator.js';
import { AUTH_PROBLEMS } from './auth.problems.js';
import type { Caller } from './caller.js';
import type { AuthenticatedRequest } from './current-caller.decorator.js';
import { JwtStrategy } from './jwt.strategy.js';
import { assertEarnsNothing } from './own-interest.js';
import { TokenRefusal } from './token-refusal.js';
import { TokenGate } from './token-gate.js';
import { writesMoney } from './writes-money.decorator.js';

const WHY_BY_ERROR_NAME: Readonly<Record<string, string>> = {
  TokenExpiredError: 'The token has expired. Get a new one.',
  JsonWebTokenError: 'The signature, issuer or audience of the token is wrong.',
};

/** Accepts or refuses a request before its parameters and body are read. */
@Injectable()
export class AccessGuard extends AuthGuard() {
  constructor(
    strategy: JwtStrategy,
    private readonly gate: TokenGate,
  ) {
    // Passes the strategy itself instead of its name: passport's registry of names is global to the process and would
    // mix up two applications in it. passport 0.7 accepts both; Nest's types allow only names.
    super({ defaultStrategy: strategy as unknown as string, property: 'caller', session: false });
  }

  /**
   * @throws Problem 401 without a valid token, 403 without a permitted role, and 403 if a caller with own revenue would
   *   write money
   */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    request.handler = context.getHandler();
    const rule = accessRuleOf(request.handler, context.getClass());
    if (rule === PUBLIC) {
      return true;
    }
    await super.canActivate(context);
    const { caller } = request;
    if (!caller || !(await this.gate.isOpenFor(caller.id))) {
      throw unauthenticated('The user of this token no longer has access.');
    }
    assertPermitted(rule, caller);
    if (writesMoney(request.handler, request)) assertEarnsNothing(caller);
    return true;
  }

  /** Called by Nest with the result of passport: a caller, or the reason of a refusal. */
  override handleRequest<User = Caller>(error: unknown, caller: User | false, why: unknown): User {
    if (caller && !error) {
      return caller;
    }
    const cause = error ?? why;
    if (cause instanceof Problem) {
      throw cause;
    }
    if (cause instanceof TokenRefusal) {
      throw unauthenticated(cause.message);
    }
    const known = cause instanceof Error ? WHY_BY_ERROR_NAME[cause.name] : undefined;
    throw unauthenticated(
      known ?? 'Send one access token in the header Authorization, in the form: Bearer <token>.',
    );
  }
}

function unauthenticated(detail: string): Problem {
  return new Problem(AUTH_PROBLEMS.UNAUTHENTICATED, detail);
}

function assertPermitted(rule: AccessRule | null, caller: Caller): void {
  if (rule === AUTHENTICATED) {
    return;
  }
  if (rule === null || ![...rule].some((role) => caller.roles.has(role))) {
    const who =
      rule === null ? 'No role has access to this route.' : `It requires the role ${[...rule].join(' or ')}.`;
    throw new Problem(
      AUTH_PROBLEMS.FORBIDDEN,
      `Your token does not permit this. ${who} ${caller.rolesAccount}`,
    );
  }
}
