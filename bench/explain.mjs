import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps how PostgreSQL runs an opponent's statements: one file a name, beside the figures. */
export async function keepExplain(client, { size, results }, name, statements, options = 'ANALYZE, BUFFERS') {
  const texts = [];
  for (const { text, values = [] } of statements) {
    const { rows } = await client.query({ text: `EXPLAIN (${options}) ${text}`, values, rowMode: 'array' });
    texts.push(`${text.trim()}\n\n${rows.flat().join('\n')}\n`);
  }
  const folder = join(results, 'explain', size);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.txt`), texts.join('\n\n'));
}

/** Blocks of 8 kB that a statement touches in shared buffers, found there or read into them. */
export async function sharedBuffers(client, { text, values }) {
  const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values);
  const plan = rows[0]['QUERY PLAN'][0].Plan;
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}
