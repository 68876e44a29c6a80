import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, type Config } from '../platform/config/index.js';
import { isPlatformId, type Role } from '../domain/index.js';

/** The subject of a token. */
export interface TokenSubject {
  /** The user's id on the platform; the token's `sub`. */
  readonly sub: string;
  readonly roles: readonly Role[];
  /** The partner whose modules the subject owns, if it is not `sub` (several people of one partner). */
  readonly partnerId?: string;
}

/** Signs access tokens with the service's own secret, for users who sign in here. */
@Injectable()
export class TokenService {
  private readonly jwt = new JwtService();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Whether this service signs tokens; false if an identity provider does (AUTH_JWKS_URI). */
  get canIssue(): boolean {
    return this.config.auth.key.kind === 'secret';
  }

  /**
   * Creates a signed token.
   *
   * @param ttlSeconds lifetime in whole seconds
   * @throws Error if `canIssue` is false, or if subject or lifetime are invalid, which is a mistake in the code
   */
  issue(subject: TokenSubject, ttlSeconds: number): string {
    const { key, issuer, audience, rolesClaim } = this.config.auth;
    const { sub, roles, partnerId } = subject;
    if (key.kind !== 'secret') {
      throw new Error(
        'This service cannot sign tokens: they come from the identity provider (AUTH_JWKS_URI).',
      );
    }
    if (![sub, partnerId ?? sub].every(isPlatformId)) {
      throw new Error('The subject of a token, and its partner, must be ids of the platform.');
    }
    if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds <= 0) {
      throw new Error('The lifetime of a token must be a whole number of seconds above 0.');
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
