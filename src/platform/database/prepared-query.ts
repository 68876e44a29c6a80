import { createHash } from 'node:crypto';
import type { PoolClient, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import { lendBriefly } from './lend.js';

/**
 * Texts that are prepared; each connection keeps a plan of each. The texts of reports differ by which filters they have,
 * and somebody might ask for all that there are: those beyond are planned each time.
 */
const PREPARED_MAX = 300;

/** Names of statements by their text. */
const NAMES = new Map<string, string>();

/** Runs a statement that PostgreSQL parses once per connection. */
export async function preparedQuery<Row extends QueryResultRow>(
  client: PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await client.query<Row>({ name: nameOf(text), text, values: [...values] });
  return rows;
}

/** The same on a connection of the pool, within the time limits of requests. */
export function preparedQueryOf<Row extends QueryResultRow>(
  source: DataSource,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return lendBriefly(source, async (runner) =>
    preparedQuery<Row>((await runner.connect()) as PoolClient, text, values),
  );
}

function nameOf(text: string): string | undefined {
  const known = NAMES.get(text);
  if (known !== undefined || NAMES.size >= PREPARED_MAX) return known;
  const name = `prepared_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  NAMES.set(text, name);
  return name;
}
