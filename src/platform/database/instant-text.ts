/**
 * An instant as docs/contract.md writes it, from PostgreSQL's text of a timestamptz (UTC, `2026-05-01 12:00:00.12+00`):
 * nothing is computed, so a million rows cost little.
 */
export function instantFromPostgres(text: string): string {
  const end = text.indexOf('+');
  const [date, time = ''] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1, end)];
  const point = time.indexOf('.');
  if (point === -1) return `${date}T${time}Z`;
  const fraction = time.slice(point + 1);
  return `${date}T${time.slice(0, point)}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
}
