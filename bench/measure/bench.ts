import type { BenchDatabase } from '../bench-database.js';
import type { Shape, Size } from '../dataset/shape.js';

/** What a run of the bench measures. */
export interface Bench {
  readonly size: Size;
  readonly shape: Shape;
  readonly importShape: Shape;
  readonly folder: string;
  readonly large: BenchDatabase;
  /** One of 100k deployments, to compare with. */
  readonly small: BenchDatabase;
  /** The folder of the figures. */
  readonly results: string;
}
