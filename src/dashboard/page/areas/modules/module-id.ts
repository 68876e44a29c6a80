/** The ids of the platform's own things. */

const PLATFORM_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$/;
/** Letters and digits of any script become the nearest of the Latin ones, if there are some. */
const MARKS = /[\u0300-\u036f]/g;
const LONGEST_SUGGESTION = 60;

export function isPlatformId(text: string): boolean {
  return PLATFORM_ID.test(text);
}

/** An id from a name: `Charts, interactive` gives `charts-interactive`; empty if the name has no Latin letters. */
export function suggestedId(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST_SUGGESTION)
    .replace(/-+$/, '');
}
