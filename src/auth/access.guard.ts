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
  TokenExpiredError: 'The token has expired; get a new one.',
  JsonWebTokenError: 'The signature, issuer or audience of the token is wrong.',
};

/** Lets a request in or turns it away, before anything of its parameters or its body is looked at. */
@Injectable()
export class AccessGuard extends AuthGuard() {
  constructor(
    strategy: JwtStrategy,
    private readonly gate: TokenGate,
  ) {
    // The strategy itself rather than its name: passport's registry of names is one for the whole process, and
    // would mix up two applications in it. passport 0.7 takes either; Nest's types know only names.
    super({ defaultStrategy: strategy as unknown as string, property: 'caller', session: false });
  }

  /**
   * @throws Problem 401 without a good token, 403 without a role that may call, and where a caller who earns would
   *         write money
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
      throw unauthenticated('The user of this token is no longer let in.');
    }
    assertPermitted(rule, caller);
    if (writesMoney(request.handler, request)) assertEarnsNothing(caller);
    return true;
  }

  /** Called by Nest with what passport found: a caller, or why there is none. */
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
      known ?? 'Send an access token in one header, and nothing else in it: Authorization: Bearer <token>.',
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
      rule === null ? 'Nobody may call this address.' : `It takes the role ${[...rule].join(' or ')}.`;
    throw new Problem(
      AUTH_PROBLEMS.FORBIDDEN,
      `Your token does not permit this. ${who} ${caller.rolesAccount}`,
    );
  }
}
