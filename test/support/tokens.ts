import { createHmac } from 'node:crypto';
import type { Role } from '../../src/auth/index.js';

/** The secret that test services verify tokens with, unless the test says otherwise. */
export const TEST_JWT_SECRET = 'a-secret-of-the-tests-that-is-long-enough';

/** A token to be written by hand, right or wrong in every part. */
export interface TokenParts {
  /** Added to `{ alg: 'HS256', typ: 'JWT' }`; undefined removes a member. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** Text is signed as it is, so that it may be what `JSON.stringify` never writes. */
  readonly payload: Readonly<Record<string, unknown>> | string;
  readonly secret?: string;
}

/** Seconds since the epoch, this many from now. */
export function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

/** Signs a token with an HMAC, whatever it says; made without the libraries that are under test. */
export function forgeToken({ header, payload, secret = TEST_JWT_SECRET }: TokenParts): string {
  const head = encode(JSON.stringify({ alg: 'HS256', typ: 'JWT', ...header }));
  const body = encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const signature = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
  return `${head}.${body}.${signature}`;
}

/** A good token of one hour. */
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
