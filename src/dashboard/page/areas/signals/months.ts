/** Most months that a list offers. */
const MOST = 36;

/**
 * The months of the days, the latest first.
 *
 * @param days the first and the last day with a deployment; null: there is none
 * @returns `YYYY-MM`
 */
export function monthsOf({
  firstDay,
  lastDay,
}: {
  firstDay: string | null;
  lastDay: string | null;
}): string[] {
  if (firstDay === null || lastDay === null) return [];
  const months: string[] = [];
  const first = firstDay.slice(0, 7);
  for (let month = lastDay.slice(0, 7); month >= first && months.length < MOST; month = monthBefore(month)) {
    months.push(month);
  }
  return months;
}

function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number > 1
    ? `${String(year).padStart(4, '0')}-${String(number - 1).padStart(2, '0')}`
    : `${String(year - 1).padStart(4, '0')}-12`;
}
