import { csvLineSql, type CsvDialect } from '../../platform/csv/index.js';
import { filterConditions, where } from '../filter/filter-conditions.js';
import type { PagedReport } from '../report/page-cursor.js';
import { rowColumns, rowJoins } from '../report/report-row.js';
import { shareSql } from '../share/share-sql.js';
import { orderBy, sortKeys } from '../report/sort-order.js';
import type { SqlColumn } from './csv-columns.js';
import { SqlLiterals } from './sql-literals.js';

/**
 * The query that writes a report's file line by line: the select list and the order of the JSON rows, with each row
 * formatted as a line. It has no parameters, because it runs inside COPY.
 */
export function csvQuery(
  { filter, order, viewer, steps }: PagedReport,
  columns: readonly SqlColumn[],
  separator: CsvDialect['separator'],
): string {
  const conditions = filterConditions(filter, new SqlLiterals());
  const share = shareSql(steps, new SqlLiterals());
  const keys = sortKeys(order.sort, share).map(({ expression, type }, index) => ({
    expression,
    type,
    name: `key_${index}`,
  }));
  const named = keys.map(({ expression, name }) => `${expression} AS ${name}`);
  // ORDER BY appears twice: the inner one selects the plan, the outer one keeps the order. PostgreSQL sorts only once.
  const outer = keys.map(({ name, type }) => ({ expression: `row.${name}`, type }));
  return `
    SELECT ${csvLineSql(
      columns.map(({ cell }) => cell),
      separator,
    )}
      FROM (SELECT ${rowColumns(viewer, share)}, revenue.deployed_at, ${named.join(', ')}
              FROM deployment_revenue AS revenue ${rowJoins(viewer)}
            ${where(conditions)} ${orderBy(keys, order)}) AS row
     ${orderBy(outer, order)}`;
}
