import { createHash } from 'node:crypto';
import type { PoolClient, QueryResultRow } from 'pg';

/** Names of statements by their text; texts differ only by which filters they have, so there are a few hundred at most. */
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

function nameOf(text: string): string {
  const known = NAMES.get(text);
  if (known !== undefined) return known;
  const name = `prepared_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  NAMES.set(text, name);
  return name;
}
