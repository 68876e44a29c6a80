/** The id that a new module gets unless another one is typed. */

/** Letters and digits of any script become the nearest of the Latin ones, if there are some. */
const MARKS = /[\u0300-\u036f]/g;
const LONGEST_SUGGESTION = 60;

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
