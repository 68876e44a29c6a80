/** The grammar of the platform's own ids (docs/contract.md, "Ids"): ASCII, so code units are UTF-8 bytes. */
export const PLATFORM_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$/;

/** Whether the text may be an id of a user, a module or an entry. */
export function isPlatformId(text: string): boolean {
  return PLATFORM_ID.test(text);
}

/**
 * Orders two platform ids bytewise, as `COLLATE "C"` does: their grammar is ASCII, where JavaScript's comparison by
 * code unit is the comparison by UTF-8 byte.
 */
export function comparePlatformIds(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
