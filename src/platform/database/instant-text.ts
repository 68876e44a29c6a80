/**
 * Formats an instant as docs/contract.md defines, from PostgreSQL's text of a timestamptz (UTC, `2026-05-01
 * 12:00:00.12+00`), by text operations only.
 */
export function instantFromPostgres(text: string): string {
  const end = text.indexOf('+');
  const [date, time] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1, end)];
  const point = time.indexOf('.');
  if (point === -1) return `${date}T${time}Z`;
  const fraction = time.slice(point + 1);
  return `${date}T${time.slice(0, point)}.${fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')}Z`;
}

/**
 * SQL for the same text, for queries whose output PostgreSQL formats itself. The session's time zone must be UTC.
 *
 * @param instant a timestamptz column
 */
export function instantTextSql(instant: string): string {
  const seconds = 'YYYY-MM-DD"T"HH24:MI:SS';
  return `CASE WHEN ${instant}::timestamptz(0) = ${instant} THEN to_char(${instant}, '${seconds}"Z"')
    WHEN ${instant}::timestamptz(3) = ${instant} THEN to_char(${instant}, '${seconds}.MS"Z"')
    ELSE to_char(${instant}, '${seconds}.US"Z"') END`;
}

/**
 * SQL for an instant as local time with its offset: `2026-05-01T11:30:00.5+02:00`.
 *
 * @param instant a timestamptz
 * @param text the text that `instantTextSql` returns for it; local time has the same fraction
 * @param zone a text
 */
export function localInstantTextSql(instant: string, text: string, zone: string): string {
  const local = `(${instant} AT TIME ZONE ${zone})`;
  const offset = `(${local} - (${instant} AT TIME ZONE 'UTC'))`;
  // Historical offsets have seconds.
  const format = `CASE WHEN date_trunc('minute', ${offset}) = ${offset} THEN 'HH24:MI' ELSE 'HH24:MI:SS' END`;
  return `concat(to_char(${local}, 'YYYY-MM-DD"T"HH24:MI:SS'), substring(${text} from '[.][0-9]+'),
    CASE WHEN ${offset} < interval '0' THEN '-' ELSE '+' END, to_char(greatest(${offset}, - ${offset}), ${format}))`;
}
