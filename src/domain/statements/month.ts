const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const MONTHS_PER_YEAR = 12;

/** Whether the text is a month of the years 1 to 9998, like `2026-01`; the month after it has a first day. */
export function isMonth(text: string): boolean {
  const year = Number(MONTH.exec(text)?.[1] ?? 0);
  return year >= 1 && year <= 9_998;
}

/** The month after: `2027-01` after `2026-12`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === MONTHS_PER_YEAR ? [year + 1, 1] : [year, number + 1];
  return `${String(next[0]).padStart(4, '0')}-${String(next[1]).padStart(2, '0')}`;
}

/** The first day of a month: `2026-01-01`. */
export function firstDayOf(month: string): string {
  return `${month}-01`;
}
