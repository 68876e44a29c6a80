import { ROLES, type Role } from '../auth/index.js';
import { isText } from '../platform/validation/index.js';

/** A person as the service shows it to those who may see it. */
export interface User {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  /** In the order of `ROLES`. */
  readonly roles: Role[];
}

/** Longest name, in characters. */
export const USER_NAME_MAX_CHARACTERS = 200;
/** Longest e-mail address, in characters (RFC 5321, 4.5.3.1.3, less the brackets). */
export const EMAIL_MAX_CHARACTERS = 254;

/** What to change about a value that is no e-mail address. */
export const EMAIL_MESSAGE = `must be an e-mail address like "ada@example.com", of at most ${EMAIL_MAX_CHARACTERS} characters, without spaces or invisible characters`;

/** Zero-width characters, bidi controls and the like: two addresses that look the same would be two. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Whether the text may be an e-mail address. Only its form is judged, and loosely: the platform knows its own people,
 * and nothing is ever sent there.
 */
export function isEmail(text: string): boolean {
  return (
    isText(text, { maxCharacters: EMAIL_MAX_CHARACTERS }) &&
    /^[^\s@]+@[^\s@]+$/.test(text) &&
    !INVISIBLE.test(text)
  );
}

/** The same roles in the order of `ROLES`, so that equal sets are equal lists. */
export function inRoleOrder(roles: readonly string[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}
