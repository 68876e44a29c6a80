import { createHmac } from 'node:crypto';
import type { Role } from '../../src/auth/index.js';

/** The secret of test services for verifying tokens, by default. */
export const TEST_JWT_SECRET = 'a-secret-of-the-tests-that-is-long-enough';

/** The parts of a token, each of which can be invalid. */
export interface TokenParts {
  /** Added to `{ alg: 'HS256', typ: 'JWT' }`; undefined removes a member. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** A text is signed unchanged, so that it can be something that `JSON.stringify` never writes. */
  readonly payload: Readonly<Record<string, unknown>> | string;
  readonly secret?: string;
}

/** Seconds since the epoch, this many from now. */
export function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** Signs a token with an HMAC, whatever its content; implemented without the libraries under test. */
export function forgeToken({ header, payload, secret = TEST_JWT_SECRET }: TokenParts): string {
  const head = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT', ...header }));
  const body = encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const signature = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
  return `${head}.${body}.${signature}`;
}

/** A valid token of one hour. */
export function tokenOf(
  sub: string,
  roles: readonly (Role | (string & {}))[],
  claims: Readonly<Record<string, unknown>> = {},
): string {
  return forgeToken({ payload: { sub, roles, exp: secondsFromNow(3600), ...claims } });
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
