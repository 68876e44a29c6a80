import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, type Config } from '../platform/config/index.js';
import { isPlatformId, type Role } from '../domain/index.js';

/** Whom a token is for. */
export interface TokenSubject {
  /** The user's id on the platform; the token's `sub`. */
  readonly sub: string;
  readonly roles: readonly Role[];
  /** Whose modules are its own, where that is not `sub` (several people of one partner). */
  readonly partnerId?: string;
}

/** Signs access tokens for people who sign in here, with the service's own secret. */
@Injectable()
export class TokenService {
  private readonly jwt = new JwtService();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Whether this service signs tokens itself; false where an identity provider does (AUTH_JWKS_URI). */
  get canIssue(): boolean {
    return this.config.auth.key.kind === 'secret';
  }

  /**
   * Makes a signed token.
   *
   * @param ttlSeconds how long it is good for, in whole seconds from now
   * @throws Error when `canIssue` is false, or the subject or the time make no sense: the caller's mistake
   */
  issue(subject: TokenSubject, ttlSeconds: number): string {
    const { key, issuer, audience, rolesClaim } = this.config.auth;
    const { sub, roles, partnerId } = subject;
    if (key.kind !== 'secret') {
      throw new Error(
        'Tokens come from the identity provider (AUTH_JWKS_URI); this service cannot sign any.',
      );
    }
    if (![sub, partnerId ?? sub].every(isPlatformId)) {
      throw new Error('The subject of a token, and its partner, must be ids of the platform.');
    }
    if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds <= 0) {
      throw new Error('A token must be good for a whole number of seconds above 0.');
    }
    return this.jwt.sign(
      { [rolesClaim]: [...roles], ...(partnerId === undefined ? {} : { partnerId }) },
      {
        secret: key.secret,
        algorithm: 'HS256',
        subject: sub,
        expiresIn: ttlSeconds,
        ...(issuer === null ? {} : { issuer }),
        ...(audience === null ? {} : { audience }),
      },
    );
  }
}
