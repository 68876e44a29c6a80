import type { ClientBase } from 'pg';
import { copyBinary } from '../../platform/database/copy-rows.js';
import { FRESH_SCHEMA } from '../../platform/database/fresh-tables.js';
import { GatheredProjections } from '../projection/gathered-projections.js';
import { columnNames } from '../projection/projection-tables.js';

/** Gathers rows of all projections, and writes them by COPY into the fresh tables. */
export class FreshProjections extends GatheredProjections {
  /** Takes what has been gathered, so that more may be, and gives what writes it, in the client's transaction. */
  take(): (client: ClientBase) => Promise<void> {
    const gathered = this.takeRows();
    return async (client) => {
      for (const { table, file } of gathered) {
        await copyBinary(client, `${FRESH_SCHEMA}.${table.name}`, columnNames(table), file);
      }
    };
  }
}
