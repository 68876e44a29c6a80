import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { Problem } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/index.js';

/** Header that marks several requests as one (draft-ietf-httpapi-idempotency-key-header). */
export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key';
/** Maximum length of a key in characters (docs/contract.md). */
export const IDEMPOTENCY_KEY_MAX_CHARACTERS = 255;

const PRINTABLE = /^[\x20-\x7e]+$/;

/** A key of one caller for one request. */
export interface IdempotencyKey {
  /** Keys of different callers are independent. */
  readonly callerId: string;
  readonly key: string;
  /** SHA-256 of method, path, body and the caller's rights: the same key with another fingerprint is refused. */
  readonly fingerprint: Buffer;
}

/** The caller who sent a key. */
export interface KeyOwner {
  readonly id: string;
  /** The rights of the token as one text: an answer is not replayed to a token with other rights. */
  readonly rights: string;
}

/**
 * Reads the key of a request after its JSON body was read.
 *
 * @returns null if no key was sent
 * @throws Problem 400 if the key is empty, too long, sent twice, or not printable ASCII
 */
export function idempotencyKeyOf(
  request: Request,
  { id: callerId, rights }: KeyOwner,
): IdempotencyKey | null {
  const sent = request.headersDistinct[IDEMPOTENCY_KEY_HEADER.toLowerCase()];
  if (sent === undefined) return null;
  const [key = ''] = sent;
  if (sent.length > 1 || key.length > IDEMPOTENCY_KEY_MAX_CHARACTERS || !PRINTABLE.test(key)) {
    const message = `must be sent once and have 1 to ${IDEMPOTENCY_KEY_MAX_CHARACTERS} printable ASCII characters`;
    throw new Problem(VALIDATION_PROBLEMS.INVALID, `The header ${IDEMPOTENCY_KEY_HEADER} ${message}.`, {
      errors: [{ field: `header.${IDEMPOTENCY_KEY_HEADER}`, message }],
    });
  }
  return { callerId, key, fingerprint: fingerprintOf(request, rights) };
}

function fingerprintOf({ method, originalUrl, body }: Request, rights: string): Buffer {
  // Paths contain no NUL and methods no space, so different requests have different texts.
  const text = `${method} ${originalUrl}\0${rights}\0${canonicalJson(body)}`;
  return createHash('sha256').update(text).digest();
}

/** The same text for equal bodies: the order of keys has no meaning in JSON, and some clients change it. */
function canonicalJson(body: unknown): string {
  return JSON.stringify(body ?? null, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
