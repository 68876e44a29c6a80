import { isPlatformId } from '../platform-id.js';

/** The id of a partner's statement; null if it would be too long, so that the id must be generated. */
export function statementIdOf(partnerId: string, month: string): string | null {
  const id = `${partnerId}.${month}`;
  return isPlatformId(id) ? id : null;
}
