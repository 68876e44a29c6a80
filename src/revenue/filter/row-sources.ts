import { noneOf, ownershipConditions, type SqlParameters } from './filter-conditions.js';
import type { Owner, RevenueFilter } from './revenue-filter.js';

/**
 * The rows of a filter as index ranges: for every source, and separately for deployments with and without revenue, the
 * rows are one range of an index that ends with the time. Every read of filtered rows goes range by range, with
 * statements that allow no other plan. Its cost therefore depends on the rows that it reads, not on the size of the
 * table.
 */
export interface RowSources {
  /** The relations to read from: one row per range. */
  readonly ranges: string;
  /** Condition on `deployment_revenue AS revenue` to be in the range; put it first in the WHERE of a LATERAL. */
  readonly condition: string;
}

/**
 * The sources: customers if the filter names any, else its modules, else its partners, else the owners that it includes.
 */
export function rowSources(filter: RevenueFilter, parameters: SqlParameters): RowSources {
  if (filter.userIds.length > 0) return rowsOfUsers(filter, parameters);
  const { source, condition } = sourceOf(filter, parameters);
  const wanted = `${wantedOf(filter, parameters)} AS wanted (generating)`;
  const rest = exceptCondition(filter, parameters);
  return {
    ranges: `${source} CROSS JOIN ${wanted}`,
    condition: `${condition} AND revenue.generating = wanted.generating${rest}`,
  };
}

/**
 * The rows of customers. One range of the key has all rows of a customer, with and without revenue and of all modules;
 * the others are skipped while it is read.
 */
function rowsOfUsers(filter: RevenueFilter, parameters: SqlParameters): RowSources {
  const users = parameters.rows(
    ['text'],
    filter.userIds.map((id) => [id]),
  );
  const conditions = [
    'revenue.user_id = source.id',
    ...ownershipConditions(filter, parameters),
    ...(filter.includeFree ? [] : ['revenue.gross_revenue > 0']),
  ];
  return { ranges: `${users} AS source (id)`, condition: conditions.join(' AND ') };
}

/**
 * The same ranges, each as a separate condition. PostgreSQL then merges the ranges in order and reads no more rows than
 * it needs. Null if the filter alone does not determine the ranges, or if there are many.
 */
export function separateRanges(filter: RevenueFilter, parameters: SqlParameters): string[] | null {
  const { moduleIds, partnerIds, userIds, owner } = filter;
  if (
    userIds.length > 0 ||
    moduleIds.length > 0 ||
    partnerIds.length > 1 ||
    (partnerIds.length === 1 && owner !== null)
  )
    return null;
  const [partnerId] = partnerIds;
  const sources =
    partnerId === undefined
      ? ownersOf(filter).map((each) => `revenue.has_partner = ${parameters.add(each === 'partner')}`)
      : [`revenue.partner_id = ${parameters.add(partnerId)}`];
  const rest = exceptCondition(filter, parameters);
  return sources.flatMap((source) =>
    generatingValues(filter).map(
      (value) => `${source} AND revenue.generating = ${parameters.add(value)}${rest}`,
    ),
  );
}

/**
 * Excluded modules are skipped while a range with several modules is read, because the index contains the module id.
 * Excluding a few modules therefore costs about as much as reading all.
 */
function exceptCondition({ moduleIds, exceptModuleIds }: RevenueFilter, parameters: SqlParameters): string {
  if (moduleIds.length > 0) return ''; // Each range contains one module, so excluded modules are not read at all.
  return noneOf('revenue.module_id', exceptModuleIds, parameters)
    .map((condition) => ` AND ${condition}`)
    .join('');
}

/** The values of `generating` that a filter includes, as a relation. */
export function wantedOf(filter: RevenueFilter, parameters: SqlParameters): string {
  return parameters.rows(
    ['boolean'],
    generatingValues(filter).map((value) => [value]),
  );
}

function generatingValues({ includeFree }: RevenueFilter): boolean[] {
  return includeFree ? [true, false] : [true];
}

/** The modules of a filter, as conditions on their id and partner. */
export function moduleConditions(
  { moduleIds, exceptModuleIds, partnerIds, owner }: RevenueFilter,
  columns: { readonly moduleId: string; readonly partnerId: string },
  parameters: SqlParameters,
): string[] {
  return [
    ...(moduleIds.length === 0 ? [] : [`${columns.moduleId} = ANY (${parameters.add(moduleIds)}::text[])`]),
    ...noneOf(columns.moduleId, exceptModuleIds, parameters),
    ...(partnerIds.length === 0
      ? []
      : [`${columns.partnerId} = ANY (${parameters.add(partnerIds)}::text[])`]),
    ...(owner === null ? [] : [`${columns.partnerId} IS ${owner === 'partner' ? 'NOT NULL' : 'NULL'}`]),
  ];
}

/** The owners that a filter without ids includes. */
export function ownersOf({ owner }: RevenueFilter): readonly Owner[] {
  return owner === null ? ['partner', 'platform'] : [owner];
}

/** The partners that a filter names and its `owner` does not exclude, as a relation. */
export function namedPartners({ partnerIds, owner }: RevenueFilter, parameters: SqlParameters): string {
  return parameters.rows(['text'], owner === 'platform' ? [] : partnerIds.map((id) => [id]));
}

function sourceOf(filter: RevenueFilter, parameters: SqlParameters): { source: string; condition: string } {
  if (filter.moduleIds.length > 0) {
    const columns = { moduleId: 'module.id', partnerId: 'module.partner_id' };
    const conditions = moduleConditions(filter, columns, parameters);
    return {
      source: `(SELECT module.id FROM modules AS module WHERE ${conditions.join(' AND ')}) AS source`,
      condition: 'revenue.module_id = source.id',
    };
  }
  if (filter.partnerIds.length > 0) {
    return {
      source: `${namedPartners(filter, parameters)} AS source (id)`,
      condition: 'revenue.partner_id = source.id',
    };
  }
  const hasPartner = ownersOf(filter).map((owner) => [owner === 'partner']);
  return {
    source: `${parameters.rows(['boolean'], hasPartner)} AS source (has_partner)`,
    condition: 'revenue.has_partner = source.has_partner',
  };
}
