import { ROLES, type Role } from '../auth/index.js';
import { isText } from '../platform/validation/index.js';

/** A user as answers contain it. */
export interface User {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  /** In the order of `ROLES`. */
  readonly roles: Role[];
}

/** Maximum length of a name, in characters. */
export const USER_NAME_MAX_CHARACTERS = 200;
/** Maximum length of an e-mail address, in characters (RFC 5321, 4.5.3.1.3, without the brackets). */
export const EMAIL_MAX_CHARACTERS = 254;

/** The error message for a value that is not an e-mail address. */
export const EMAIL_MESSAGE = `must be an e-mail address like "ada@example.com", of at most ${EMAIL_MAX_CHARACTERS} characters, without spaces or invisible characters`;

/** Zero-width characters, bidi controls and similar ones. With them, different addresses could look the same. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Whether the text has the form of an e-mail address. The check is loose, because the platform knows its own users and
 * the service never sends e-mail.
 */
export function isEmail(text: string): boolean {
  return (
    isText(text, { maxCharacters: EMAIL_MAX_CHARACTERS }) &&
    /^[^\s@]+@[^\s@]+$/.test(text) &&
    !INVISIBLE.test(text)
  );
}

/** Sorts roles in the order of `ROLES`, so that equal sets are equal lists. */
export function inRoleOrder(roles: readonly string[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}
