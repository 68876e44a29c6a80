/** The grammar of the platform's own ids (docs/contract.md, "Ids"). They are ASCII, so code units are UTF-8 bytes. */
export const PLATFORM_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$/;

/** Whether the text is a valid id of a user, a module or an entry. */
export function isPlatformId(text: string): boolean {
  return PLATFORM_ID.test(text);
}

/**
 * Compares two platform ids bytewise, like `COLLATE "C"`. The ids are ASCII, so JavaScript's comparison by code unit
 * equals the comparison by UTF-8 byte.
 */
export function comparePlatformIds(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
