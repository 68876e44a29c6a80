import { timeConditions, where, type SqlParameters } from '../filter/filter-conditions.js';
import { moduleConditions, rowSources, separateRanges, wantedOf } from '../filter/row-sources.js';
import type { PagedReport, PagePosition } from './page-cursor.js';
import { shareSql } from '../share/share-sql.js';
import type { Viewer } from '../viewer.js';
import { rowColumns } from './report-row.js';
import { MODULE_NAME_KEYS, orderBy, sortKeys, type SortKey, type SortOrder } from './sort-order.js';

/** Columns that the index scans return, so that no row is read from the table until the page is known. */
const CARRIED = [
  'deployment_id',
  'deployed_at',
  'user_id',
  'module_id',
  'partner_id',
  'credit_cost',
  'free_credits',
  'purchased_credits',
  'unpaid_credits',
  'refunded_credits',
  'gross_revenue',
  'shared_gross',
]
  .map((column) => `revenue.${column}`)
  .join(', ');

/**
 * Limits of rows in the query of a page: the limit of the page plus one row, which shows whether there are more. There
 * are only three limits and they are part of the text: PostgreSQL knows the small number of rows without parameter
 * values, plans once, and stores few statements.
 */
const LIMITS = [51, 101, 501] as const;

/**
 * The relations of a page, for a WITH. The last one, `listed`, contains each row `encoded` as JSON of a ReportRow, with
 * the `keys` of its order and its `place`, counted from the position. Each range of the filter returns its first rows
 * in the page's order; the first rows of all ranges together are the page. Only these are joined with names and e-mail
 * addresses.
 *
 * @param rows number of rows that are needed; the relation can contain more
 */
export function pageTables(
  report: PagedReport,
  position: PagePosition | null,
  rows: number,
  parameters: SqlParameters,
): string {
  const { order, viewer, steps } = report;
  const share = shareSql(steps, parameters);
  const keys = sortKeys(order.sort, share);
  const limit = `LIMIT ${LIMITS.find((most) => most >= rows) ?? LIMITS[2]}`;
  const page = pageOf(report, { keys, position, limit }, parameters);
  const names = namesOf(viewer);
  return `
    page AS MATERIALIZED (${page}), ${names.tables},
    listed AS (
      SELECT (SELECT row_to_json(shown)::text FROM (SELECT ${rowColumns(viewer, share)}) AS shown) AS encoded,
             ARRAY[${keys.map(({ expression }) => `(${expression})::text`).join(', ')}] AS keys,
             row_number() OVER (${orderBy(keys, order, isBackwards(position))}) AS place
        FROM page AS revenue ${names.joins})`;
}

/**
 * Names and e-mail addresses for the rows of a page; each is read once, all in one step. These are LEFT JOINs although
 * no row is missing, because their row estimates then stay at the size of the page.
 */
function namesOf({ kind }: Viewer): { tables: string; joins: string } {
  const tables =
    'module AS MATERIALIZED (SELECT id, name FROM modules WHERE id = ANY (ARRAY(SELECT DISTINCT module_id FROM page)))';
  const joins = 'LEFT JOIN module ON module.id = revenue.module_id';
  if (kind === 'partner') return { tables, joins };
  // Not joined through the role: a user can own modules without having the role any more.
  return {
    tables: `${tables},
      owner AS MATERIALIZED (
        SELECT id, email FROM users
         WHERE 'partner' = ANY (roles) AND id = ANY (ARRAY(SELECT DISTINCT partner_id FROM page))),
      person AS MATERIALIZED (
        SELECT id, email FROM users
         WHERE id = ANY (ARRAY(SELECT user_id FROM page UNION
                               (SELECT partner_id FROM page EXCEPT SELECT id FROM owner))))`,
    joins: `${joins}
      LEFT JOIN (TABLE owner UNION TABLE person) AS partner ON partner.id = revenue.partner_id
      LEFT JOIN person AS customer ON customer.id = revenue.user_id`,
  };
}

/** The order and the limit of a page, which every range of its filter has too. */
interface RangedPage {
  readonly keys: readonly SortKey[];
  readonly position: PagePosition | null;
  readonly limit: string;
}

function pageOf(report: PagedReport, page: RangedPage, parameters: SqlParameters): string {
  const { filter, order } = report;
  const { position, limit } = page;
  if (order.sort !== 'moduleName') return pageByRanges(report, page, parameters);
  return filter.userIds.length > 0
    ? pageOfUsersByModuleName(report, position, limit, parameters)
    : pageByModuleName(report, position, limit, parameters);
}

/**
 * With createdAt, each range is in the order of an index. With another sort key, PostgreSQL sorts the rows of the time
 * range.
 */
function pageByRanges(
  { filter, order }: PagedReport,
  { keys, position, limit }: RangedPage,
  parameters: SqlParameters,
): string {
  const inRange = [
    ...timeConditions(filter, parameters),
    ...(position === null ? [] : [rowsAfter(keys, position.keys, order, position, parameters)]),
  ];
  const limited = `${orderBy(keys, order, isBackwards(position))} ${limit}`;
  const rowsOf = (condition: string): string => `
    SELECT ${CARRIED} FROM deployment_revenue AS revenue WHERE ${[condition, ...inRange].join(' AND ')} ${limited}`;
  const separate = separateRanges(filter, parameters);
  if (separate !== null) {
    const ranges = separate.map((condition) => `(${rowsOf(condition)})`);
    return `SELECT revenue.* FROM (${ranges.join(' UNION ALL ')}) AS revenue ${limited}`;
  }
  const { ranges, condition } = rowSources(filter, parameters);
  return `
    SELECT revenue.* FROM ${ranges} CROSS JOIN LATERAL (${rowsOf(condition)}) AS revenue
    ${limited}`;
}

/** With moduleName, the modules are sorted first, then the rows of each. */
const MODULE_KEYS = MODULE_NAME_KEYS.slice(0, 2);
const ROW_KEYS = MODULE_NAME_KEYS.slice(2);

/**
 * Modules in the order of their names, each with its first rows, until the page is full. After a position come the
 * remaining rows of its module, then the modules after that one.
 */
function pageByModuleName(
  { filter, order }: PagedReport,
  position: PagePosition | null,
  limit: string,
  parameters: SqlParameters,
): string {
  const keys = MODULE_NAME_KEYS;
  const backwards = isBackwards(position);
  const wanted = wantedOf(filter, parameters);
  const conditions = moduleConditions(
    filter,
    { moduleId: 'module.id', partnerId: 'module.partner_id' },
    parameters,
  );
  const inRange = timeConditions(filter, parameters);
  const rowsOfModules = (modules: readonly string[], rest: readonly string[]): string => `
    SELECT revenue.*, lower(module.name) COLLATE "C" AS name_key
      FROM modules AS module CROSS JOIN LATERAL (
        SELECT revenue.* FROM ${wanted} AS wanted (generating) CROSS JOIN LATERAL (
          SELECT ${CARRIED} FROM deployment_revenue AS revenue
          ${where(['revenue.module_id = module.id', 'revenue.generating = wanted.generating', ...inRange, ...rest])}
          ${orderBy(ROW_KEYS, order, backwards)} ${limit}) AS revenue
        ${orderBy(ROW_KEYS, order, backwards)} ${limit}) AS revenue
      ${where([...conditions, ...modules])}
      ${orderBy(keys, order, backwards)} ${limit}`;
  if (position === null) return rowsOfModules([], []);
  const [moduleTexts, rowTexts] = [position.keys.slice(0, 2), position.keys.slice(2)];
  const restOfModule = rowsOfModules(moduleOf(position, parameters), [
    rowsAfter(ROW_KEYS, rowTexts, order, position, parameters),
  ]);
  const modulesAfter = rowsOfModules([rowsAfter(MODULE_KEYS, moduleTexts, order, position, parameters)], []);
  return `
    SELECT revenue.* FROM ((${restOfModule}) UNION ALL (${modulesAfter})) AS revenue
    ${orderBy([{ expression: 'name_key', type: 'text' }, { expression: 'module_id', type: 'text' }, ...ROW_KEYS], order, backwards)}
    ${limit}`;
}

/** The rows of customers are read once and then sorted by the names of their modules, which are few. */
function pageOfUsersByModuleName(
  { filter, order }: PagedReport,
  position: PagePosition | null,
  limit: string,
  parameters: SqlParameters,
): string {
  const keys = MODULE_NAME_KEYS;
  const { ranges, condition } = rowSources(filter, parameters);
  const rest = position === null ? [] : [rowsAfter(keys, position.keys, order, position, parameters)];
  return `
    WITH used AS MATERIALIZED (
      SELECT revenue.* FROM ${ranges} CROSS JOIN LATERAL (
        SELECT ${CARRIED} FROM deployment_revenue AS revenue
        ${where([condition, ...timeConditions(filter, parameters)])}) AS revenue),
    module AS MATERIALIZED (
      SELECT id, name FROM modules WHERE id = ANY (ARRAY(SELECT DISTINCT module_id FROM used)))
    SELECT revenue.* FROM used AS revenue JOIN module ON module.id = revenue.module_id
    ${where(rest)} ${orderBy(keys, order, isBackwards(position))} ${limit}`;
}

/**
 * SQL that checks whether a position is still valid. If its module was renamed, the module's rows have moved, and the
 * next page would skip or repeat rows.
 */
export function isInPlace(
  { order }: PagedReport,
  position: PagePosition | null,
  parameters: SqlParameters,
): string {
  if (position === null || order.sort !== 'moduleName') return 'true';
  return `EXISTS (SELECT FROM modules AS module ${where(moduleOf(position, parameters))})`;
}

/** Condition: the row belongs to the module of a position by moduleName. */
function moduleOf({ keys }: PagePosition, parameters: SqlParameters): string[] {
  return MODULE_KEYS.map(({ expression }, index) => `${expression} = ${parameters.add(keys[index])}`);
}

/** Whether the page lies before its position, so that its places are counted from its end. */
export function isBackwards(position: PagePosition | null): boolean {
  return position?.towards === 'previous';
}

/** Condition: the row lies on the page's side of the position. */
function rowsAfter(
  keys: readonly SortKey[],
  texts: readonly string[],
  { order }: SortOrder,
  position: PagePosition,
  parameters: SqlParameters,
): string {
  const places = texts.map((text, index) => `${parameters.add(text)}::${keys[index]?.type}`);
  const comparison = (order === 'asc') === isBackwards(position) ? '<' : '>';
  return `(${keys.map(({ expression }) => expression).join(', ')}) ${comparison} (${places.join(', ')})`;
}
