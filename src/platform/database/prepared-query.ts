import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PoolClient, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import { lendBriefly } from './lend.js';

/**
 * Total length of the prepared statements of a connection: about thirty reports, or all other statements. A plan of a
 * report uses up to a megabyte of the server's memory, about 130 bytes for each character (docs/scaling.md). Report
 * texts differ by their filters, and a client could request all combinations through every connection.
 */
const PREPARED_MAX_CHARACTERS = 200_000;

/** Internal state of a node-postgres connection: the texts of its prepared statements, by name. */
interface Parsed {
  readonly parsedStatements: Record<string, string>;
}

/** The prepared statements of a connection; the least recently used ones are freed. */
class PreparedStatements {
  private readonly outdated: string[] = [];
  private readonly names = new LRUCache<string, string>({
    maxSize: PREPARED_MAX_CHARACTERS,
    sizeCalculation: (_name, text) => text.length,
    dispose: (name) => this.outdated.push(name),
  });

  /**
   * The name of a statement, derived from its text, so a name means the same statement for every user of the session.
   * Undefined if the statement alone exceeds the limit.
   */
  nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    this.names.set(text, `prepared_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`);
    return this.names.peek(text);
  }

  /**
   * Frees the memory of evicted statements. It skips names that the connection does not know, because PostgreSQL
   * refused their text. A name is forgotten only after DEALLOCATE succeeded.
   */
  async freeOutdated(client: PoolClient): Promise<void> {
    const { parsedStatements } = client.connection as unknown as Parsed;
    const kept = new Set(this.outdated.length === 0 ? [] : this.names.values());
    const names = this.outdated.splice(0).filter((name) => name in parsedStatements && !kept.has(name));
    if (names.length === 0) return;
    await client.query(names.map((name) => `DEALLOCATE ${name}`).join('; '));
    for (const name of names) delete parsedStatements[name];
  }
}

const PREPARED = new WeakMap<PoolClient, PreparedStatements>();

/** Runs a statement that PostgreSQL parses once per connection, while the statement is used often enough. */
export async function preparedQuery<Row extends QueryResultRow>(
  client: PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const prepared = preparedOn(client);
  const { rows } = await client.query<Row>({ name: prepared.nameOf(text), text, values: [...values] });
  await prepared.freeOutdated(client);
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

function preparedOn(client: PoolClient): PreparedStatements {
  const known = PREPARED.get(client);
  if (known !== undefined) return known;
  const prepared = new PreparedStatements();
  PREPARED.set(client, prepared);
  return prepared;
}
