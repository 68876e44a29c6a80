import { noneOf, type SqlParameters } from './filter-conditions.js';
import type { Owner, RevenueFilter } from './revenue-filter.js';

/**
 * The rows of a filter as ranges of one index each: for every source and for deployments with and without revenue, the
 * rows are one range of an index that goes on with the time. Whatever is read of a filter (a page, the rows that a
 * boundary cuts) is read so, range by range, by statements that leave no other plan: then it costs what it reads, and
 * not what there is.
 */
export interface RowSources {
  /** What to read from, `AS source`, and `AS wanted (generating)`; one row per range. */
  readonly ranges: string;
  /** What `deployment_revenue AS revenue` has to fulfil to be of the range; lead with it in the WHERE of a LATERAL. */
  readonly condition: string;
}

/** Modules where the filter names some, else partners, else both kinds of owners, or the one that is named. */
export function rowSources(filter: RevenueFilter, parameters: SqlParameters): RowSources {
  const { source, condition } = sourceOf(filter, parameters);
  const wanted = `${wantedOf(filter, parameters)} AS wanted (generating)`;
  const rest = exceptCondition(filter, parameters);
  return {
    ranges: `${source} CROSS JOIN ${wanted}`,
    condition: `${condition} AND revenue.generating = wanted.generating${rest}`,
  };
}

/**
 * The same ranges, each as a condition of its own, where the filter alone says which they are: PostgreSQL then merges
 * them in their order, and reads no more of them than it needs. Null where they are only found while reading, or many.
 */
export function separateRanges(filter: RevenueFilter, parameters: SqlParameters): string[] | null {
  const { moduleIds, partnerIds, owner } = filter;
  if (moduleIds.length > 0 || partnerIds.length > 1 || (partnerIds.length === 1 && owner !== null))
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
 * What is left out of a range of several modules is passed over while it is read, as the index tells the module: all
 * but a few modules cost what all cost.
 */
function exceptCondition({ moduleIds, exceptModuleIds }: RevenueFilter, parameters: SqlParameters): string {
  if (moduleIds.length > 0) return ''; // each range is of one module, and those of the others are not read
  return noneOf('revenue.module_id', exceptModuleIds, parameters)
    .map((condition) => ` AND ${condition}`)
    .join('');
}

/** What `generating` may be in a filter, as a relation. */
export function wantedOf(filter: RevenueFilter, parameters: SqlParameters): string {
  return parameters.rows(
    ['boolean'],
    generatingValues(filter).map((value) => [value]),
  );
}

function generatingValues({ includeFree }: RevenueFilter): boolean[] {
  return includeFree ? [true, false] : [true];
}

/** Modules that a filter is about, as conditions on their id and partner. */
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

/** Whose modules a filter without ids is about. */
export function ownersOf({ owner }: RevenueFilter): readonly Owner[] {
  return owner === null ? ['partner', 'platform'] : [owner];
}

/** The partners that a filter names, but for those that its owner leaves out, as a relation. */
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
