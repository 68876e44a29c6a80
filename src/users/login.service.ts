import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { appendEvent } from '../audit/index.js';
import { TokenService } from '../auth/index.js';
import { Problem } from '../platform/problem/index.js';
import { LoginThrottle } from './login-throttle.js';
import { Passwords } from './passwords.js';
import { UserEntity } from './persistence/user.entity.js';
import { LOGIN_PROBLEMS } from './users.problems.js';

/** How long a token is valid, in seconds (docs/contract.md). */
export const LOGIN_TTL_SECONDS = 3_600;

/** The action of sign-ins and failed attempts in the audit. */
export const SIGN_IN = 'auth.login';

/** Signs users in who have a password at this service. */
@Injectable()
export class LoginService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly passwords: Passwords,
    private readonly tokens: TokenService,
    private readonly throttle: LoginThrottle,
  ) {}

  /** @throws Problem LOGIN.NOT_HERE if an identity provider issues the tokens */
  assertLocal(): void {
    if (!this.tokens.canIssue) {
      throw new Problem(
        LOGIN_PROBLEMS.NOT_HERE,
        'Users sign in at an identity provider (AUTH_JWKS_URI). Get a token there.',
      );
    }
  }

  /**
   * Checks a password. Neither the answer nor its time shows whether the e-mail address or the password is wrong.
   *
   * @param address the caller's IP address
   * @param requestId for the audit, which records sign-ins and failed attempts
   * @returns a token with the user's recorded roles
   * @throws Problem of LOGIN_PROBLEMS
   */
  async login(email: string, password: string, address: string, requestId: string): Promise<string> {
    this.assertLocal();
    await this.throttle.count(email, address);
    const user = await this.users
      .createQueryBuilder('user')
      .addSelect('user.passwordHash')
      .where('lower(user.email) = lower(:email) AND user.passwordHash IS NOT NULL', { email })
      .getOne();
    const isRight = await this.passwords.matches(password, user?.passwordHash ?? null);
    if (!user || !isRight) {
      throw new Problem(
        LOGIN_PROBLEMS.WRONG_CREDENTIALS,
        'The e-mail address or the password is wrong, or the user has no password at this service.',
        { attemptOn: { type: 'user', id: user?.id ?? null } },
      );
    }
    const { id, roles } = user;
    await appendEvent(this.users.manager, {
      actor: { id, roles },
      action: SIGN_IN,
      target: { type: 'user', id },
      requestId,
      outcome: 'done',
    });
    return this.tokens.issue({ sub: id, roles }, LOGIN_TTL_SECONDS);
  }
}
