import type { RevenueFilter } from './revenue-filter.js';

/** Beyond it the texts of statements would be too many, and a row more or less does not matter to a plan. */
const ROWS_TOLD_MAX = 8;

/** The values of a statement's parameters, collected while its text is written. */
export class SqlParameters {
  readonly values: unknown[] = [];

  /** @returns how the text refers to the value: `$3` */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /**
   * Rows as a relation. A few are told one by one: PostgreSQL then knows how many there are without their values, and
   * one plan serves all requests of a kind.
   *
   * @param types of the columns
   */
  rows(types: readonly string[], rows: readonly (readonly unknown[])[]): string {
    if (rows.length === 0 || rows.length > ROWS_TOLD_MAX) {
      const columns = types.map((type, index) => `${this.add(rows.map((row) => row[index]))}::${type}[]`);
      return `unnest(${columns.join(', ')})`;
    }
    const told = rows.map(
      (row) => `(${row.map((value, index) => `${this.add(value)}::${types[index]}`).join(', ')})`,
    );
    return `(VALUES ${told.join(', ')})`;
  }
}

/**
 * The filter as conditions on `deployment_revenue AS revenue`: the one place where a filter becomes SQL, so that rows,
 * totals and exports are always about the same deployments.
 */
export function filterConditions(filter: RevenueFilter, parameters: SqlParameters): string[] {
  const { moduleIds, exceptModuleIds, partnerIds, owner, includeFree } = filter;
  return [
    ...timeConditions(filter, parameters),
    ...oneOf('revenue.partner_id', partnerIds, parameters),
    ...oneOf('revenue.module_id', moduleIds, parameters),
    ...noneOf('revenue.module_id', exceptModuleIds, parameters),
    ...(owner === null ? [] : [`revenue.partner_id IS ${owner === 'partner' ? 'NOT NULL' : 'NULL'}`]),
    ...(includeFree ? [] : ['revenue.gross_revenue > 0']),
  ];
}

/** The part of a filter's conditions that is about time. */
export function timeConditions({ from, to }: RevenueFilter, parameters: SqlParameters): string[] {
  return [
    ...(from === null ? [] : [`revenue.deployed_at >= ${parameters.add(from.sql)}::timestamptz`]),
    ...(to === null ? [] : [`revenue.deployed_at < ${parameters.add(to.sql)}::timestamptz`]),
  ];
}

/** `WHERE` with all conditions, or nothing where there are none. */
export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

/**
 * The condition of being none of these ids. A subquery, as PostgreSQL looks into that by hash whatever the plan; into
 * an array it would look id by id, for each row.
 */
export function noneOf(column: string, ids: readonly string[], parameters: SqlParameters): string[] {
  return ids.length === 0 ? [] : [`${column} NOT IN (SELECT unnest(${parameters.add(ids)}::text[]))`];
}

/** One id is compared by itself: an index that goes on with the time then gives the rows in their order. */
function oneOf(column: string, ids: readonly string[], parameters: SqlParameters): string[] {
  if (ids.length === 0) return [];
  const [only] = ids;
  return ids.length === 1
    ? [`${column} = ${parameters.add(only)}`]
    : [`${column} = ANY (${parameters.add(ids)}::text[])`];
}
