import { createHash } from 'node:crypto';
import { Problem } from '../problem/index.js';
import { PAGING_PROBLEMS } from './paging.problems.js';

/** How a cursor is spelled: base64url, with room for the longest keys. */
export const CURSOR_PATTERN = /^[A-Za-z0-9_-]{1,2000}$/;

const FINGERPRINT_BYTES = 9;

/**
 * A cursor: where a list goes on, opaque to the caller, and good for this list, filter and order alone.
 *
 * @param list everything that decides what is listed and in which order, as plain data
 * @param position the keys of the last row that the caller has seen
 */
export function encodeCursor(list: unknown, position: readonly string[]): string {
  return Buffer.from(JSON.stringify([fingerprintOf(list), ...position])).toString('base64url');
}

/**
 * Reads a cursor that `encodeCursor` made of the same list. It is not signed: whoever forges one sees another part of
 * a list that it may see anyway; but its keys are input like any other.
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

/** 400: a cursor that does not lead anywhere, or no longer does. */
export function badCursor(): Problem {
  return new Problem(
    PAGING_PROBLEMS.BAD_CURSOR,
    'The cursor belongs to another list, filter or order, was changed, or its place is gone; start again without it.',
    { errors: [{ field: 'query.cursor', message: 'must be a nextCursor of this very list and filter' }] },
  );
}

function fingerprintOf(list: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(list)).digest();
  return hash.subarray(0, FINGERPRINT_BYTES).toString('base64url');
}

/** The texts of a cursor; none where it is none. */
function textsIn(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : [];
  } catch {
    return [];
  }
}
