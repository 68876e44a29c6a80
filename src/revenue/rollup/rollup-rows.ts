import { FIGURE_COLUMNS } from './figures.js';

/** What is kept for each delta: every scope that its deployment belongs to, in every level that the scope has. */
const PLACES = [
  [
    'owner',
    `CASE WHEN delta.partner_id IS NULL THEN 'platform' ELSE 'partner' END`,
    ['quarter', 'day', 'month'],
  ],
  // The platform's own modules are under the empty id.
  ['partner', `coalesce(delta.partner_id, '')`, ['hour', 'day', 'month']],
  ['module', 'delta.module_id', ['day', 'month']],
] as const;

const ROLLUP_COLUMNS = [
  'scope',
  'scope_id',
  'level',
  'generating',
  'starts_at',
  'deployments',
  ...FIGURE_COLUMNS,
];

/**
 * SQL that adds deltas to revenue_rollups: an INSERT that changes what is there.
 *
 * @param deltas a relation with the columns of revenue_deltas
 */
export function addToRollups(deltas: string): string {
  const places = PLACES.flatMap(([scope, id, levels]) =>
    levels.map((level) => `('${scope}', ${id}, '${level}', ${startOf(level)})`),
  );
  const sums = ['deployments', ...FIGURE_COLUMNS];
  return `
    INSERT INTO revenue_rollups AS rollup (${ROLLUP_COLUMNS.join(', ')})
    SELECT place.scope, place.scope_id, place.level, delta.generating, place.starts_at,
           ${sums.map((column) => `sum(delta.${column})`).join(', ')}
      FROM ${deltas} AS delta
     CROSS JOIN LATERAL (VALUES ${places.join(', ')}) AS place (scope, scope_id, level, starts_at)
     GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (scope, scope_id, level, generating, starts_at) DO UPDATE
       SET ${sums.map((column) => `${column} = rollup.${column} + excluded.${column}`).join(', ')}`;
}

/** Removes the rows that have come to nothing. Sums of no deployments may wait for a delta that is still to come. */
export const DELETE_EMPTIED = `
  DELETE FROM revenue_rollups WHERE deployments = 0 AND ${FIGURE_COLUMNS.map((column) => `${column} = 0`).join(' AND ')}`;

function startOf(level: 'quarter' | 'hour' | 'day' | 'month'): string {
  return level === 'quarter' ? 'delta.quarter' : `date_trunc('${level}', delta.quarter, 'UTC')`;
}
