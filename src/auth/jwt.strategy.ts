import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { decodeJwt, decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { Strategy, type SecretOrKeyProvider } from 'passport-jwt';
import { CONFIG, type Config } from '../platform/config/index.js';
import { bearerTokenOf } from '../platform/http/index.js';
import type { Caller } from './caller.js';
import type { RoleSources } from './role-claims.js';
import { assertTokenHeader, callerOfClaims } from './token-claims.js';
import { TokenRefusal } from './token-refusal.js';
import { verificationKeys, type VerificationKeys } from './verification-keys.js';

/**
 * Verifies the bearer token of a request: header, signature, times, issuer and audience. passport-jwt uses jsonwebtoken
 * for the signature, which accepts more than this service; see token-claims.ts.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  private readonly roleSources: RoleSources;

  constructor(@Inject(CONFIG) config: Config) {
    const { key, issuer, audience } = config.auth;
    const keys = verificationKeys(key);
    super({
      jwtFromRequest: bearerTokenOf,
      secretOrKeyProvider: keyProvider(keys),
      algorithms: [...keys.algorithms],
      issuer: issuer ?? undefined,
      audience: audience ?? undefined,
      jsonWebTokenOptions: { ignoreNotBefore: true }, // checked in token-claims.ts with its own leeway
    });
    this.roleSources = config.auth;
  }

  /**
   * Called by passport, which has just set the callbacks of this request (success, fail, error) on this object. The
   * strategy is shared by all requests, and loading a key can take time. Each request therefore uses a copy; otherwise
   * the callers of concurrent requests would be mixed up.
   */
  override authenticate(request: Request, options?: unknown): void {
    const ofThisRequest = Object.assign(Object.create(JwtStrategy.prototype) as JwtStrategy, this);
    super.authenticate.call(ofThisRequest, request, options);
  }

  /** Called by passport-jwt with the claims of a token with a valid signature. */
  validate(claims: unknown): Caller {
    return callerOfClaims(claims, this.roleSources, Date.now() / 1000);
  }
}

function keyProvider(keys: VerificationKeys): SecretOrKeyProvider {
  return (_request, token: string, done) => {
    resolveKey(keys, token)
      // jsonwebtoken accepts a KeyObject; the types of passport-jwt lack it.
      .then((key) => done(null, key as unknown as Buffer))
      .catch((error: unknown) => done(error));
  };
}

async function resolveKey(keys: VerificationKeys, token: string): ReturnType<VerificationKeys['keyFor']> {
  const header = headerOf(token);
  assertTokenHeader(header);
  if (!(keys.algorithms as readonly unknown[]).includes(header.alg)) {
    throw new TokenRefusal(`The token must be signed with ${keys.algorithms.join(', ')} (alg).`);
  }
  return keys.keyFor(header);
}

/** Refuses a token whose payload is not an object: for the payload `null`, jsonwebtoken 9 fails with a TypeError. */
function headerOf(token: string): ProtectedHeaderParameters {
  try {
    decodeJwt(token);
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenRefusal('The token is not a JSON Web Token.');
  }
}
