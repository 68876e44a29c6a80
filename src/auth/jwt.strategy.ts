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
 * Verifies the bearer token of a request: header, signature, times, issuer and audience. passport-jwt hands the
 * signature to jsonwebtoken, which lets much pass that this service does not; see token-claims.ts.
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
      jsonWebTokenOptions: { ignoreNotBefore: true }, // judged with a leeway of its own, in token-claims.ts
    });
    this.roleSources = config.auth;
  }

  /**
   * Called by passport, which has just written onto this object what ends the one request (success, fail, error). As
   * there is one strategy for all requests and a key may take a while to come, each request goes on with a copy: else
   * the callers of requests that overlap would be mixed up.
   */
  override authenticate(request: Request, options?: unknown): void {
    const ofThisRequest = Object.assign(Object.create(JwtStrategy.prototype) as JwtStrategy, this);
    super.authenticate.call(ofThisRequest, request, options);
  }

  /** Called by passport-jwt with the claims of a token whose signature is good. */
  validate(claims: unknown): Caller {
    return callerOfClaims(claims, this.roleSources, Date.now() / 1000);
  }
}

function keyProvider(keys: VerificationKeys): SecretOrKeyProvider {
  return (_request, token: string, done) => {
    resolveKey(keys, token)
      // jsonwebtoken takes a KeyObject; passport-jwt's types do not say so.
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

/** Refuses what is no token with an object of claims: on the claims `null`, jsonwebtoken 9 fails with a TypeError. */
function headerOf(token: string): ProtectedHeaderParameters {
  try {
    decodeJwt(token);
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenRefusal('The token is no JSON Web Token.');
  }
}
