import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Bench } from './bench.js';
import type { Statement } from '../sent-statements.js';

interface Explained {
  readonly 'QUERY PLAN': readonly [
    { readonly Plan: Record<'Shared Hit Blocks' | 'Shared Read Blocks', number> },
  ];
}

/** Keeps how PostgreSQL runs an opponent's statements: one file a name, beside the figures. */
export async function keepExplain(
  client: Client,
  { size, results }: Pick<Bench, 'size' | 'results'>,
  name: string,
  statements: readonly Statement[],
  options = 'ANALYZE, BUFFERS',
): Promise<void> {
  const texts: string[] = [];
  for (const { text, values = [] } of statements) {
    const { rows } = await client.query<string[]>({
      text: `EXPLAIN (${options}) ${text}`,
      values: [...values],
      rowMode: 'array',
    });
    texts.push(`${text.trim()}\n\n${rows.flat().join('\n')}\n`);
  }
  const folder = join(results, 'explain', size);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.txt`), texts.join('\n\n'));
}

/** Blocks of 8 kB that a statement touches in shared buffers, found there or read into them. */
export async function sharedBuffers(client: Client, { text, values = [] }: Statement): Promise<number> {
  const { rows } = await client.query<Explained>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, [
    ...values,
  ]);
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error('EXPLAIN gave no plan.');
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}
