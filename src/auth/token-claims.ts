import { isPlatformId } from '../domain/index.js';
import type { Caller } from './caller.js';
import { rolesIn, type RoleSources } from './role-claims.js';
import { TokenRefusal } from './token-refusal.js';

/** Tolerance for an `nbf` in the future, because the clocks of two machines differ slightly. */
const MAX_CLOCK_LEAD_SECONDS = 5;

/** Accepted `typ` of an access token (RFC 7519, 5.1; RFC 9068, 2.1), in lower case; it can be absent. */
const TOKEN_TYPES: readonly unknown[] = [undefined, 'jwt', 'application/jwt', 'at+jwt', 'application/at+jwt'];

/**
 * Checks the header (JOSE) of a token. `crit` lists extensions that must be supported; this service supports none (RFC
 * 7515, 4.1.11).
 *
 * @throws TokenRefusal
 */
export function assertTokenHeader(header: object): void {
  const { typ } = header as { typ?: unknown };
  const type = typeof typ === 'string' ? typ.toLowerCase() : typ;
  if (!TOKEN_TYPES.includes(type)) {
    throw new TokenRefusal('The token is not an access token (typ).');
  }
  if ('crit' in header) {
    throw new TokenRefusal('The token requires an extension that is not supported (crit).');
  }
}

/**
 * Reads the caller from the claims of a token after signature, expiry, issuer and audience were verified. It refuses
 * what jsonwebtoken accepts: no `exp` or an infinite one, a payload that is not an object, ids and roles of another
 * form. `nbf` is checked only here, because jsonwebtoken's leeway would also extend `exp`.
 *
 * @param sources the claims that contain roles
 * @param nowSeconds seconds since the epoch
 * @throws TokenRefusal
 */
export function callerOfClaims(claims: unknown, sources: RoleSources, nowSeconds: number): Caller {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new TokenRefusal('The token contains no claims.');
  }
  const { sub, exp, nbf, iat, partnerId } = claims as Record<string, unknown>;
  assertTimes({ exp, nbf, iat }, nowSeconds);
  if (typeof sub !== 'string' || !isPlatformId(sub)) {
    throw new TokenRefusal('The token names no user: sub must be an id of the platform.');
  }
  if (partnerId !== undefined && (typeof partnerId !== 'string' || !isPlatformId(partnerId))) {
    throw new TokenRefusal('The claim partnerId must be an id of the platform.');
  }
  const { roles, account } = rolesIn(claims as Record<string, unknown>, sources);
  const isPartner = roles.has('partner');
  const earnsAs = partnerId ?? (isPartner ? sub : null);
  return { id: sub, roles, rolesAccount: account, partnerId: isPartner ? earnsAs : null, earnsAs };
}

function assertTimes(times: Readonly<Record<'exp' | 'nbf' | 'iat', unknown>>, nowSeconds: number): void {
  const { exp, nbf, iat } = times;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) {
    throw new TokenRefusal('The token never expires: exp must be a number of seconds.');
  }
  for (const [name, value] of [
    ['nbf', nbf],
    ['iat', iat],
  ] as const) {
    if (value !== undefined && (typeof value !== 'number' || !Number.isFinite(value))) {
      throw new TokenRefusal(`The token's ${name} is not a number of seconds.`);
    }
  }
  if (typeof nbf === 'number' && nbf > nowSeconds + MAX_CLOCK_LEAD_SECONDS) {
    throw new TokenRefusal('The token is not valid yet (nbf).');
  }
}
