/**
 * SQL for an instant as an integer of microseconds since 1970, the domain's `Instant`; exact, as `extract` gives a
 * numeric since PostgreSQL 14.
 *
 * @param column a timestamptz column or expression
 */
export function epochMicrosOf(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::bigint`;
}
