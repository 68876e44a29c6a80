import type { Client } from 'pg';
import type { Figure } from '../goals.js';
import { ShippedStatements } from '../shipped-statements.js';
import { rounded } from '../statistics.js';
import { say } from '../terminal.js';
import type { Bench } from './bench.js';
import { keepExplain, sharedBuffers } from './explain.js';
import { PAGE, type View } from './views.js';

const STEPS = 24;

/** The share with a step at a midnight of New York inside each of the last 24 months of deployments. */
const SET_STEPS = `
  UPDATE variables SET timeline = (
    SELECT jsonb_build_array(jsonb_build_object('from', NULL, 'value', '30')) || jsonb_agg(
             jsonb_build_object('from', to_char(start, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'value', (10 + place)::text)
             ORDER BY place)
      FROM (SELECT place, local_day_start((day + interval '14 days')::date, 'America/New_York') AT TIME ZONE 'UTC' AS start
              FROM (SELECT date_trunc('month', max(deployed_at), 'UTC') AT TIME ZONE 'UTC' AS last
                      FROM deployment_revenue) AS ends,
                   generate_series(last - interval '${STEPS} months', last - interval '1 month', '1 month')
                     WITH ORDINALITY AS month (day, place)) AS step)
   WHERE key = 'partnerRevenueShare'`;
const REMOVE_STEPS = `UPDATE variables SET timeline = NULL WHERE key = 'partnerRevenueShare'`;

/** Blocks that a page with its totals reads more for each of 24 steps of the share, in the most expensive view. */
export async function measureSteps(bench: Bench, views: readonly View[]): Promise<Figure> {
  const { owner } = bench.large;
  const without = await buffersOf(bench, views, 'one');
  await owner.query(SET_STEPS);
  try {
    const within = await buffersOf(bench, views, 'steps');
    const perStep = within.map((buffers, index) => (buffers - (without[index] ?? 0)) / STEPS);
    const raw = Object.fromEntries(
      views.map(({ name }, index) => [name, { one: without[index], steps: within[index] }]),
    );
    return { value: rounded(Math.max(...perStep)), raw };
  } finally {
    await owner.query(REMOVE_STEPS);
  }
}

async function buffersOf(bench: Bench, views: readonly View[], which: string): Promise<number[]> {
  const { owner, folder } = bench.large;
  const shipped = await ShippedStatements.open(folder);
  const found: number[] = [];
  for (const { name, headers } of views) {
    say(`page: ${name}, ${which}`);
    const { report } = await shipped.of(PAGE, headers);
    found.push(await sum(owner, report));
    await keepExplain(owner, bench, `page-${which}-${name.replaceAll(/[^a-z0-9]+/g, '-')}`, report);
  }
  await shipped.close();
  return found;
}

async function sum(
  owner: Client,
  statements: readonly Parameters<typeof sharedBuffers>[1][],
): Promise<number> {
  let buffers = 0;
  for (const statement of statements) buffers += await sharedBuffers(owner, statement);
  return buffers;
}
