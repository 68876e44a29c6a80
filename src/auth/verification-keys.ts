import { createSecretKey, KeyObject } from 'node:crypto';
import { createRemoteJWKSet, customFetch, errors, type ProtectedHeaderParameters } from 'jose';
import type { TokenKeyConfig } from '../platform/config/index.js';
import { Problem } from '../platform/problem/index.js';
import { AUTH_PROBLEMS } from './auth.problems.js';
import { TokenRefusal } from './token-refusal.js';

/** Gives the key that a token with this header must be signed by. */
export interface VerificationKeys {
  /** Algorithms (RFC 7518, 3.1) that this kind of key is for: a public key never verifies an HMAC. */
  readonly algorithms: readonly ('HS256' | AsymmetricAlgorithm)[];
  /**
   * @throws TokenRefusal where no key fits the header
   * @throws Problem 503 where the key set is out of reach and none was ever loaded that fits
   */
  keyFor(header: ProtectedHeaderParameters): Promise<KeyObject>;
}

const ASYMMETRIC_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
] as const;
type AsymmetricAlgorithm = (typeof ASYMMETRIC_ALGORITHMS)[number];

/** An unknown key id makes the set be fetched again, but not more often than this, whatever came of the last fetch. */
const COOLDOWN_MS = 30_000;
/** After this a key set is fetched anew beside the work, so that withdrawn keys go. */
const REFRESH_AFTER_MS = 600_000;
/** While no set could ever be loaded nobody gets in, so it is tried more often; between, callers must not wait in line. */
const FIRST_LOAD_PAUSE_MS = 2_000;
const FETCH_TIMEOUT_MS = 5_000;

/** The keys that the configuration names: the one secret, or those of the identity provider. */
export function verificationKeys(config: TokenKeyConfig): VerificationKeys {
  return config.kind === 'secret' ? secretKey(config.secret) : remoteKeys(new URL(config.uri));
}

function secretKey(secret: string): VerificationKeys {
  const key = createSecretKey(secret, 'utf8');
  return { algorithms: ['HS256'], keyFor: () => Promise.resolve(key) };
}

/**
 * The key set of an identity provider (RFC 7517). A set once loaded stays good through any outage of the provider;
 * it is refreshed in the background, and at once for a key id that it does not hold.
 */
function remoteKeys(address: URL): VerificationKeys {
  let nextFetchAt = 0;
  const keySet = createRemoteJWKSet(address, {
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: Infinity,
    timeoutDuration: FETCH_TIMEOUT_MS,
    // jose's own cooldown counts from the last success, so that an outage would be asked of every unknown key id.
    [customFetch]: async (...request) => {
      if (Date.now() < nextFetchAt) throw new Error('The key set was asked for a moment ago.');
      try {
        return await fetch(...request);
      } finally {
        nextFetchAt = Date.now() + (keySet.jwks() === undefined ? FIRST_LOAD_PAUSE_MS : COOLDOWN_MS);
      }
    },
  });
  let refreshedAt = Date.now();
  return {
    algorithms: ASYMMETRIC_ALGORITHMS,
    async keyFor(header) {
      if (Date.now() - refreshedAt > REFRESH_AFTER_MS) {
        refreshedAt = Date.now() - REFRESH_AFTER_MS + COOLDOWN_MS; // the next try, should this one fail
        keySet.reload().then(
          () => (refreshedAt = Date.now()),
          () => undefined, // an outage: the keys at hand stay good
        );
      }
      try {
        return KeyObject.from(await keySet(header));
      } catch (error) {
        throw keyProblem(error, nextFetchAt - Date.now());
      }
    },
  };
}

function keyProblem(error: unknown, pause_ms: number): Error {
  const saysNoKey = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
  if (saysNoKey.some((type) => error instanceof type)) {
    return new TokenRefusal('The token is signed by no key of the identity provider.');
  }
  return new Problem(
    AUTH_PROBLEMS.KEYS_UNAVAILABLE,
    'The keys of the identity provider cannot be fetched, so the token cannot be checked; try again in a few seconds.',
    { cause: error, headers: { 'Retry-After': String(Math.max(1, Math.ceil(pause_ms / 1000))) } },
  );
}
