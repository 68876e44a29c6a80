import { isPlatformId } from '../domain/index.js';
import type { Caller } from './caller.js';
import { rolesIn, type RoleSources } from './role-claims.js';
import { TokenRefusal } from './token-refusal.js';

/** A `nbf` may be ahead by this much: the clocks of two machines are never quite equal. */
const MAX_CLOCK_LEAD_SECONDS = 5;

/** `typ` of an access token (RFC 7519, 5.1; RFC 9068, 2.1), lower-cased; it may be absent. */
const TOKEN_TYPES: readonly unknown[] = [undefined, 'jwt', 'application/jwt', 'at+jwt', 'application/at+jwt'];

/**
 * Judges the header (JOSE) of a token. `crit` names extensions that must be understood, and this service knows
 * none (RFC 7515, 4.1.11).
 *
 * @throws TokenRefusal
 */
export function assertTokenHeader(header: object): void {
  const { typ } = header as { typ?: unknown };
  const type = typeof typ === 'string' ? typ.toLowerCase() : typ;
  if (!TOKEN_TYPES.includes(type)) {
    throw new TokenRefusal('The token is of another type than an access token (typ).');
  }
  if ('crit' in header) {
    throw new TokenRefusal('The token asks for an extension that is not supported (crit).');
  }
}

/**
 * Reads who calls from the claims of a token whose signature, expiry, issuer and audience were verified, refusing
 * what jsonwebtoken lets pass: no `exp` or an infinite one, a payload that is no object, ids and roles of another
 * form. `nbf` is judged here alone, as jsonwebtoken's leeway would lengthen `exp` too.
 *
 * @param sources where the roles are
 * @param nowSeconds seconds since the epoch
 * @throws TokenRefusal
 */
export function callerOfClaims(claims: unknown, sources: RoleSources, nowSeconds: number): Caller {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new TokenRefusal('The token holds no claims.');
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
