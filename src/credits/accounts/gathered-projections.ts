import { BinaryCopyWriter, type BinaryCell } from '../../platform/database/binary-copy-writer.js';
import { PROJECTION_TABLES, type ProjectionName, type ProjectionTable } from './projection-tables.js';

const NAMES = Object.keys(PROJECTION_TABLES) as ProjectionName[];

/** A table's rows as one file in COPY's binary format, split into buffers. */
export interface GatheredRows {
  readonly table: ProjectionTable;
  readonly file: readonly Buffer[];
}

/** Buffer of rows for all projections. It uses little memory, because rows are binary and not objects. */
export class GatheredProjections {
  private readonly writers = Object.fromEntries(
    NAMES.map((name) => [
      name,
      new BinaryCopyWriter(PROJECTION_TABLES[name].columns.map(([, kind]) => kind)),
    ]),
  ) as Record<ProjectionName, BinaryCopyWriter>;

  put(name: ProjectionName, cells: readonly BinaryCell[]): void {
    this.writers[name].add(cells);
  }

  /** Size of the gathered rows. */
  get bytes(): number {
    return NAMES.reduce((sum, name) => sum + this.writers[name].bytes, 0);
  }

  /** Returns the gathered rows of each table that has some, and empties the buffer. */
  takeRows(): GatheredRows[] {
    return NAMES.filter((name) => this.writers[name].bytes > 0).map((name) => ({
      table: PROJECTION_TABLES[name],
      file: this.writers[name].take(),
    }));
  }
}
