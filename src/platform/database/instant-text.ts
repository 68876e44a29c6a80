/**
 * An instant as docs/contract.md writes it, from PostgreSQL's text of a timestamptz (UTC, `2026-05-01 12:00:00.12+00`):
 * nothing is computed.
 */
export function instantFromPostgres(text: string): string {
  const end = text.indexOf('+');
  const [date, time = ''] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1, end)];
  const point = time.indexOf('.');
  if (point === -1) return `${date}T${time}Z`;
  const fraction = time.slice(point + 1);
  return `${date}T${time.slice(0, point)}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
}

/**
 * SQL for the same text, where PostgreSQL writes rows itself, in a session whose zone is UTC.
 *
 * @param instant a timestamptz column
 */
export function instantTextSql(instant: string): string {
  const seconds = 'YYYY-MM-DD"T"HH24:MI:SS';
  return `CASE WHEN ${instant}::timestamptz(0) = ${instant} THEN to_char(${instant}, '${seconds}"Z"')
    WHEN ${instant}::timestamptz(3) = ${instant} THEN to_char(${instant}, '${seconds}.MS"Z"')
    ELSE to_char(${instant}, '${seconds}.US"Z"') END`;
}
