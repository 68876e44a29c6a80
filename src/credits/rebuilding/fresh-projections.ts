import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BinaryCopyWriter, type BinaryCell } from '../../platform/database/binary-copy-writer.js';
import { FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { columnNames, PROJECTION_TABLES, type ProjectionName } from '../projection/projection-tables.js';

const NAMES = Object.keys(PROJECTION_TABLES) as ProjectionName[];

/** Gathers rows of all projections, and writes them by COPY into the fresh tables. */
export class FreshProjections {
  private readonly writers = Object.fromEntries(
    NAMES.map((name) => [
      name,
      new BinaryCopyWriter(PROJECTION_TABLES[name].columns.map(([, kind]) => kind)),
    ]),
  ) as Record<ProjectionName, BinaryCopyWriter>;

  readonly put = (name: ProjectionName, cells: readonly BinaryCell[]): void => this.writers[name].add(cells);

  /** How much has been gathered. */
  get bytes(): number {
    return NAMES.reduce((sum, name) => sum + this.writers[name].bytes, 0);
  }

  /** Takes what has been gathered, so that more may be, and gives what writes it, in the client's transaction. */
  take(): (client: ClientBase) => Promise<void> {
    const files = NAMES.filter((name) => this.writers[name].bytes > 0).map(
      (name) => [PROJECTION_TABLES[name], this.writers[name].take()] as const,
    );
    return async (client) => {
      for (const [table, file] of files) {
        const target = `${FRESH_SCHEMA}.${table.name} (${columnNames(table).join(', ')})`;
        await pipeline(
          Readable.from(file),
          client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`)),
        );
      }
    };
  }
}
