import { BinaryCopyWriter, type BinaryCell } from '../../platform/database/binary-copy-writer.js';
import { PROJECTION_TABLES, type ProjectionName, type ProjectionTable } from './projection-tables.js';

const NAMES = Object.keys(PROJECTION_TABLES) as ProjectionName[];

/** A table's rows as one file in COPY's binary format, in parts. */
export interface GatheredRows {
  readonly table: ProjectionTable;
  readonly file: readonly Buffer[];
}

/** Rows of all projections on their way into the database, in the fewest bytes: no text, and no object per row. */
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

  /** How much has been gathered. */
  get bytes(): number {
    return NAMES.reduce((sum, name) => sum + this.writers[name].bytes, 0);
  }

  /** Takes what has been gathered, so that more may be: the tables that have rows. */
  takeRows(): GatheredRows[] {
    return NAMES.filter((name) => this.writers[name].bytes > 0).map((name) => ({
      table: PROJECTION_TABLES[name],
      file: this.writers[name].take(),
    }));
  }
}
