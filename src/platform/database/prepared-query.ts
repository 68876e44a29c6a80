import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PoolClient, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import { lendBriefly } from './lend.js';

/**
 * Characters of statements that a connection keeps a plan of: some thirty reports, or all others that there are. A report's
 * plan takes up to a megabyte of the server's memory, about 130 bytes for each character (docs/scaling.md), and the texts of
 * reports differ by which filters they have: somebody might ask for all that there are, through every connection.
 */
const PREPARED_MAX_CHARACTERS = 200_000;

/** What node-postgres notes of a connection: the texts of what is prepared there, by name. */
interface Parsed {
  readonly parsedStatements: Record<string, string>;
}

/** What is prepared on a connection, and what is to be given up as it was not used for longest. */
class PreparedStatements {
  private readonly outdated: string[] = [];
  private readonly names = new LRUCache<string, string>({
    maxSize: PREPARED_MAX_CHARACTERS,
    sizeCalculation: (_name, text) => text.length,
    dispose: (name) => this.outdated.push(name),
  });

  /**
   * The name of a statement, made of its text: whoever has used the session before, a name never means another statement. None
   * where it alone would be too much.
   */
  nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    this.names.set(text, `prepared_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`);
    return this.names.peek(text);
  }

  /**
   * Frees the memory of what was given up. A name whose text PostgreSQL refused is none that it knows; one that it knows stays
   * noted until PostgreSQL has let go of it.
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

/** Runs a statement that PostgreSQL parses once per connection, as long as it is used there now and then. */
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
