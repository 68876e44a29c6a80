import type { ClientBase } from 'pg';
import type { Instant } from '../../domain/index.js';
import { BinaryCopyWriter, type BinaryCell } from '../../platform/database/binary-copy-writer.js';
import { copyBinary } from '../../platform/database/copy-rows.js';
import { FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { GatheredProjections } from '../accounts/gathered-projections.js';
import { columnNames, PROJECTION_TABLES, type ProjectionName } from '../accounts/projection-tables.js';
import { NEWEST_DEPLOYMENTS } from './newest-deployments.js';

const DEPLOYMENTS = PROJECTION_TABLES.deployments;
const DEPLOYED_AT = columnNames(DEPLOYMENTS).indexOf('deployed_at');

/** Gathers rows of all projections, and writes them to the fresh tables by COPY. */
export class FreshProjections extends GatheredProjections {
  private readonly newest = new BinaryCopyWriter(DEPLOYMENTS.columns.map(([, kind]) => kind));

  /** @param newestFrom deployments from this instant on are written to a table of their own; null for none */
  constructor(private readonly newestFrom: Instant | null = null) {
    super();
  }

  override put(name: ProjectionName, cells: readonly BinaryCell[]): void {
    if (name === 'deployments' && this.isNewest(cells[DEPLOYED_AT] as Instant)) this.newest.add(cells);
    else super.put(name, cells);
  }

  override get bytes(): number {
    return super.bytes + this.newest.bytes;
  }

  /** Empties the buffer, and returns a function that writes its rows in the client's transaction. */
  take(): (client: ClientBase) => Promise<void> {
    const files = this.takeRows().map(({ table, file }) => ({ name: table.name, table, file }));
    if (this.newest.bytes > 0) {
      files.push({ name: NEWEST_DEPLOYMENTS, table: DEPLOYMENTS, file: this.newest.take() });
    }
    return async (client) => {
      for (const { name, table, file } of files) {
        await copyBinary(client, `${FRESH_SCHEMA}.${name}`, columnNames(table), file);
      }
    };
  }

  private isNewest(deployedAt: Instant): boolean {
    return this.newestFrom !== null && deployedAt >= this.newestFrom;
  }
}
