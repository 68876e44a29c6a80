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

/** How long somebody stays signed in, in seconds (docs/contract.md). */
export const LOGIN_TTL_SECONDS = 3_600;

/** What the audit calls a sign-in, and an attempt at one. */
export const SIGN_IN = 'auth.login';

/** Lets people sign in for whom this service itself holds a password. */
@Injectable()
export class LoginService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly passwords: Passwords,
    private readonly tokens: TokenService,
    private readonly throttle: LoginThrottle,
  ) {}

  /** @throws Problem LOGIN.NOT_HERE where an identity provider signs the tokens */
  assertHere(): void {
    if (!this.tokens.canIssue) {
      throw new Problem(
        LOGIN_PROBLEMS.NOT_HERE,
        'An identity provider signs people in (AUTH_JWKS_URI); get a token there.',
      );
    }
  }

  /**
   * Checks a password. Whether the e-mail address or the password is wrong shows neither in the answer nor in the time
   * that it takes.
   *
   * @param address the caller's IP address
   * @param requestId for the audit, which is told of every sign-in and every attempt
   * @returns a token with the roles that are recorded of the person
   * @throws Problem of LOGIN_PROBLEMS
   */
  async login(email: string, password: string, address: string, requestId: string): Promise<string> {
    this.assertHere();
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
        'The e-mail address or the password is wrong, or this person does not sign in here.',
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
