import { FIGURE_COLUMNS } from './figures.js';

/** The rollups that a delta is added to: every scope that its deployment belongs to, in every level of the scope. */
const PLACES = [
  [
    'owner',
    `CASE WHEN delta.partner_id IS NULL THEN 'platform' ELSE 'partner' END`,
    ['quarter', 'day', 'month'],
  ],
  // The platform's own modules have the empty id.
  ['partner', `coalesce(delta.partner_id, '')`, ['hour', 'day', 'month']],
  ['module', 'delta.module_id', ['day', 'month']],
] as const;

/** The same expression as in the triggers of deployment_revenue: quarter-hours in UTC. */
const QUARTER_OF_DEPLOYMENT = `date_bin('15 minutes', deployed_at, '2000-01-01T00:00:00Z')`;

const ROLLUP_COLUMNS = [
  'scope',
  'scope_id',
  'level',
  'generating',
  'starts_at',
  'deployments',
  ...FIGURE_COLUMNS,
];

const SUMS = ['deployments', ...FIGURE_COLUMNS];

/**
 * Makes PostgreSQL group by sorting, because a hash table would need a state of about 2 kB per result row. Run it first
 * in the transaction of `addToRollups`; `FILL_ROLLUPS` includes it.
 */
export const GROUP_BY_SORTING = 'SET LOCAL enable_hashagg = off';

/**
 * SQL that adds deltas to revenue_rollups: an INSERT that updates existing rows.
 *
 * @param deltas a relation with the columns of revenue_deltas
 */
export function addToRollups(deltas: string): string {
  return `
    INSERT INTO revenue_rollups AS rollup (${ROLLUP_COLUMNS.join(', ')})
    ${PLACES.map((place) => levelsOf(place, deltas)).join(' UNION ALL ')}
    ON CONFLICT (scope, scope_id, level, generating, starts_at) DO UPDATE
       SET ${SUMS.map((column) => `${column} = rollup.${column} + excluded.${column}`).join(', ')}`;
}

/** SQL of the rollups that, together with the deltas, differ from the sums of the rows, with the difference. */
export const ROLLUPS_ASTRAY = `
  WITH delta AS (
    SELECT module_id, partner_id, ${QUARTER_OF_DEPLOYMENT} AS quarter, generating, count(*) AS deployments,
           ${FIGURE_COLUMNS.map((column) => `sum(${column}) AS ${column}`).join(', ')}
      FROM deployment_revenue GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT module_id, partner_id, quarter, generating, ${SUMS.map((column) => `-${column}`).join(', ')} FROM revenue_deltas
  )
  SELECT scope, scope_id AS "scopeId", level, generating, starts_at AS "startsAt",
         sum(deployments) AS deployments, trim_scale(sum(gross_revenue)) AS "grossRevenue"
    FROM (${placesOf('delta')}
          UNION ALL
          SELECT scope, scope_id, level, generating, starts_at, ${SUMS.map((column) => `-${column}`).join(', ')}
            FROM revenue_rollups) AS placed
   GROUP BY 1, 2, 3, 4, 5
  HAVING ${SUMS.map((column) => `sum(${column}) <> 0`).join(' OR ')}
   ORDER BY 1, 2, 3, 4, 5`;

/** SQL that computes all rollups again, in a transaction and with an empty revenue_rollups: one statement per scope. */
export const FILL_ROLLUPS: readonly string[] = PLACES.map((place) => {
  const deployments = `(SELECT *, ${QUARTER_OF_DEPLOYMENT} AS quarter, 1 AS deployments FROM deployment_revenue)`;
  return `
    ${GROUP_BY_SORTING};
    INSERT INTO revenue_rollups (${ROLLUP_COLUMNS.join(', ')}) ${levelsOf(place, deployments)}`;
});

/**
 * Removes rollups that are zero. A rollup without deployments but with other sums can wait for a delta that is still to
 * come.
 */
export const DELETE_EMPTIED = `
  DELETE FROM revenue_rollups WHERE deployments = 0 AND ${FIGURE_COLUMNS.map((column) => `${column} = 0`).join(' AND ')}`;

/** SQL of the changes that deltas make to each of their rollups. */
function placesOf(deltas: string): string {
  const places = PLACES.flatMap(([scope, id, levels]) =>
    levels.map((level) => `('${scope}', ${id}, '${level}', ${startOf(level)})`),
  );
  return `
    SELECT place.scope, place.scope_id, place.level, delta.generating, place.starts_at,
           ${SUMS.map((column) => `delta.${column}`).join(', ')}
      FROM ${deltas} AS delta
     CROSS JOIN LATERAL (VALUES ${places.join(', ')}) AS place (scope, scope_id, level, starts_at)`;
}

/** SQL of the sums of deltas for one scope. The deltas are sorted once, and all levels are summed in one pass. */
function levelsOf([scope, id, levels]: (typeof PLACES)[number], deltas: string): string {
  const starts = levels.map((level) => `${level}_start`);
  const [coarsest, ...finer] = starts.toReversed();
  return `
    SELECT '${scope}', scope_id, CASE 0 ${levels.map((level) => `WHEN grouping(${level}_start) THEN '${level}'`).join(' ')} END,
           generating, coalesce(${starts.join(', ')}), ${SUMS.map((column) => `sum(${column})`).join(', ')}
      FROM (SELECT ${id} AS scope_id, generating, ${levels.map((level) => `${startOf(level)} AS ${level}_start`).join(', ')},
                   ${SUMS.join(', ')}
              FROM ${deltas} AS delta) AS placed
     GROUP BY scope_id, generating, ${coarsest}, ROLLUP (${finer.join(', ')})`;
}

function startOf(level: (typeof PLACES)[number][2][number]): string {
  return level === 'quarter' ? 'delta.quarter' : `date_trunc('${level}', delta.quarter, 'UTC')`;
}
