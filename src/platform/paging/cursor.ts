import { createHash } from 'node:crypto';
import { Problem } from '../problem/index.js';
import { PAGING_PROBLEMS } from './paging.problems.js';

/** Form of a cursor: base64url, long enough for the longest keys. */
export const CURSOR_PATTERN = /^[A-Za-z0-9_-]{1,2000}$/;

const FINGERPRINT_BYTES = 9;

/**
 * Creates a cursor, the position at which the next page of a list starts. It is opaque to the caller and valid only for
 * this list, filter and order.
 *
 * @param list everything that determines the rows and their order, as plain data
 * @param position keys of the last row that the caller has received
 */
export function encodeCursor(list: unknown, position: readonly string[]): string {
  return Buffer.from(JSON.stringify([fingerprintOf(list), ...position])).toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` created for the same list. It is not signed: a forged cursor only shows another
 * part of a list that the caller can read anyway. Its keys must be validated like all input.
 *
 * @param isPosition whether these texts can be keys of the list
 * @throws Problem PAGING.BAD_CURSOR
 */
export function decodeCursor(
  cursor: string,
  list: unknown,
  isPosition: (position: readonly string[]) => boolean,
): readonly string[] {
  const [fingerprint, ...position] = textsIn(cursor);
  if (fingerprint !== fingerprintOf(list) || !isPosition(position)) {
    throw badCursor();
  }
  return position;
}

/** 400 for a cursor that is invalid or no longer valid. */
export function badCursor(): Problem {
  return new Problem(
    PAGING_PROBLEMS.BAD_CURSOR,
    'The cursor belongs to another list, filter or order, was changed, or its row no longer exists. Start again without a cursor.',
    { errors: [{ field: 'query.cursor', message: 'must be a nextCursor of the same list and filter' }] },
  );
}

function fingerprintOf(list: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(list)).digest();
  return hash.subarray(0, FINGERPRINT_BYTES).toString('base64url');
}

/** The texts in a cursor; empty if it is malformed. */
function textsIn(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : [];
  } catch {
    return [];
  }
}
