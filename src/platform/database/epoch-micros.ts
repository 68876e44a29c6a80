/**
 * SQL for an instant as an integer of microseconds since 1970, the domain's `Instant`. It is exact, because `extract`
 * returns a numeric since PostgreSQL 14.
 *
 * @param column a timestamptz column or expression
 */
export function epochMicrosOf(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::bigint`;
}
