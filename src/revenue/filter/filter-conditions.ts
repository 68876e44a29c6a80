import type { RevenueFilter } from './revenue-filter.js';

/** Limits the number of different statements. With more rows than this, the exact number does not change the plan. */
const ROWS_LISTED_MAX = 8;

/** The values of a statement's parameters, collected while its text is written. */
export class SqlParameters {
  readonly values: unknown[] = [];

  /** @returns the reference to the value in the statement: `$3` */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  /**
   * Rows as a relation. A few rows are listed one by one: PostgreSQL then knows their number without their values, and
   * one plan serves all requests of a kind.
   *
   * @param types of the columns
   */
  rows(types: readonly string[], rows: readonly (readonly unknown[])[]): string {
    if (rows.length === 0 || rows.length > ROWS_LISTED_MAX) {
      const columns = types.map((type, index) => `${this.add(rows.map((row) => row[index]))}::${type}[]`);
      return `unnest(${columns.join(', ')})`;
    }
    const listed = rows.map(
      (row) => `(${row.map((value, index) => `${this.add(value)}::${types[index]}`).join(', ')})`,
    );
    return `(VALUES ${listed.join(', ')})`;
  }
}

/**
 * The filter as conditions on `deployment_revenue AS revenue`. All SQL of filters comes from here, so that rows, totals
 * and exports always contain the same deployments.
 */
export function filterConditions(filter: RevenueFilter, parameters: SqlParameters): string[] {
  const { userIds, includeFree } = filter;
  return [
    ...timeConditions(filter, parameters),
    ...oneOf('revenue.user_id', userIds, parameters),
    ...ownershipConditions(filter, parameters),
    ...(includeFree ? [] : ['revenue.gross_revenue > 0']),
  ];
}

/** The filter's conditions on modules and their owners. */
export function ownershipConditions(
  { moduleIds, exceptModuleIds, partnerIds, owner }: RevenueFilter,
  parameters: SqlParameters,
): string[] {
  return [
    ...oneOf('revenue.partner_id', partnerIds, parameters),
    ...oneOf('revenue.module_id', moduleIds, parameters),
    ...noneOf('revenue.module_id', exceptModuleIds, parameters),
    ...(owner === null ? [] : [`revenue.partner_id IS ${owner === 'partner' ? 'NOT NULL' : 'NULL'}`]),
  ];
}

/** The filter's conditions on time. */
export function timeConditions({ from, to }: RevenueFilter, parameters: SqlParameters): string[] {
  return [
    ...(from === null ? [] : [`revenue.deployed_at >= ${parameters.add(from.sql)}::timestamptz`]),
    ...(to === null ? [] : [`revenue.deployed_at < ${parameters.add(to.sql)}::timestamptz`]),
  ];
}

/** `WHERE` with all conditions, or an empty text if there are none. */
export function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

/**
 * Condition: the column is none of these ids. It uses a subquery, because PostgreSQL hashes a subquery in every plan,
 * but compares an array id by id for each row.
 */
export function noneOf(column: string, ids: readonly string[], parameters: SqlParameters): string[] {
  return ids.length === 0 ? [] : [`${column} NOT IN (SELECT unnest(${parameters.add(ids)}::text[]))`];
}

/** A single id is compared with `=`, so that an index on the id and the time returns the rows in order. */
function oneOf(column: string, ids: readonly string[], parameters: SqlParameters): string[] {
  if (ids.length === 0) return [];
  const [only] = ids;
  return ids.length === 1
    ? [`${column} = ${parameters.add(only)}`]
    : [`${column} = ANY (${parameters.add(ids)}::text[])`];
}
