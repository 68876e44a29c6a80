import type { Client } from 'pg';
import { SqlLiterals } from '../../src/revenue/export/sql-literals.js';

/** After five executions PostgreSQL can use a plan without the parameter values. */
const EXECUTIONS = 7;

/** The most buffers that PostgreSQL reads over several executions of the prepared statement. */
export async function buffersOfQuery(
  client: Client,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<number> {
  const literals = new SqlLiterals();
  const execute = `EXECUTE counted (${values.map((value) => literals.add(value)).join(', ')})`;
  const touched: number[] = [];
  await client.query(`PREPARE counted AS ${text}`);
  for (let execution = 0; execution < EXECUTIONS; execution += 1) {
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${execute}`,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    touched.push((plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN));
  }
  await client.query('DEALLOCATE counted');
  return Math.max(...touched);
}
