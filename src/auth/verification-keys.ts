import { createSecretKey, KeyObject } from 'node:crypto';
import { createRemoteJWKSet, customFetch, errors, type ProtectedHeaderParameters } from 'jose';
import type { TokenKeyConfig } from '../platform/config/index.js';
import { Problem } from '../platform/problem/index.js';
import { AUTH_PROBLEMS } from './auth.problems.js';
import { TokenRefusal } from './token-refusal.js';

/** Provides the keys that verify tokens. */
export interface VerificationKeys {
  /** Algorithms (RFC 7518, 3.1) of this kind of key: a public key must never verify an HMAC. */
  readonly algorithms: readonly ('HS256' | AsymmetricAlgorithm)[];
  /**
   * Returns the key for a token with this header.
   *
   * @throws TokenRefusal if no key fits the header
   * @throws Problem 503 if the key set is unreachable and no fitting key was ever loaded
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

/** Minimum time between fetches for unknown key ids, whether the last fetch succeeded or not. */
const COOLDOWN_MS = 30_000;
/** Age after which a key set is fetched again in the background, so that withdrawn keys are removed. */
const REFRESH_AFTER_MS = 600_000;
/**
 * Pause before another fetch while no set was ever loaded. It is shorter, because all tokens are refused until then;
 * callers in between must not queue.
 */
const FIRST_LOAD_PAUSE_MS = 2_000;
const FETCH_TIMEOUT_MS = 5_000;

/** The configured keys: the secret, or those of the identity provider. */
export function verificationKeys(config: TokenKeyConfig): VerificationKeys {
  return config.kind === 'secret' ? secretKey(config.secret) : remoteKeys(new URL(config.uri));
}

function secretKey(secret: string): VerificationKeys {
  const key = createSecretKey(secret, 'utf8');
  return { algorithms: ['HS256'], keyFor: () => Promise.resolve(key) };
}

/**
 * The key set of an identity provider (RFC 7517). A loaded set stays valid during any outage of the provider. It is
 * refreshed in the background, and at once for an unknown key id.
 */
function remoteKeys(address: URL): VerificationKeys {
  let nextFetchAt = 0;
  const keySet = createRemoteJWKSet(address, {
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: Infinity,
    timeoutDuration: FETCH_TIMEOUT_MS,
    // jose's own cooldown counts from the last success, so during an outage every unknown key id would cause a fetch.
    [customFetch]: async (...request) => {
      if (Date.now() < nextFetchAt) throw new Error('The key set was requested a moment ago.');
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
        refreshedAt = Date.now() - REFRESH_AFTER_MS + COOLDOWN_MS; // time of the next attempt if this one fails
        keySet.reload().then(
          () => (refreshedAt = Date.now()),
          () => undefined, // an outage: the loaded keys stay valid
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
  const noKeyErrors = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
  if (noKeyErrors.some((type) => error instanceof type)) {
    return new TokenRefusal('The token is not signed by a key of the identity provider.');
  }
  return new Problem(
    AUTH_PROBLEMS.KEYS_UNAVAILABLE,
    'The keys of the identity provider cannot be fetched, so the token cannot be checked. Try again in a few seconds.',
    { cause: error, headers: { 'Retry-After': String(Math.max(1, Math.ceil(pause_ms / 1000))) } },
  );
}
