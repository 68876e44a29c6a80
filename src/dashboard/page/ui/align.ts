/**
 * Aligns the amounts of each column at their decimal points: every tail of digits gets the width of the longest one.
 */
export function alignTails(table: HTMLTableElement): void {
  const columns = new Map<number, HTMLElement[]>();
  for (const tail of table.querySelectorAll<HTMLElement>('.tail')) {
    const place = tail.closest<HTMLTableCellElement>('td, th')?.cellIndex ?? 0;
    columns.set(place, [...(columns.get(place) ?? []), tail]);
  }
  for (const tails of columns.values()) {
    const longest = tails.reduce((most, { textContent }) => Math.max(most, textContent?.length ?? 0), 0);
    for (const tail of tails) tail.style.setProperty('--tail', `${longest}ch`);
  }
}
