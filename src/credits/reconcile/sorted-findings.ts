import type { EntityManager } from 'typeorm';
import { copyRows, type CopyRow } from '../../platform/database/index.js';
import { formatFigure, type Figure } from './figure.js';

const FINDINGS_PER_BATCH = 1_000;

/**
 * Stores findings in a temporary table of the connection and sorts them by size. There can be as many as users, so they
 * are not kept in memory.
 */
export class SortedFindings<Finding> {
  private found = 0;
  private batch: CopyRow[] = [];

  private constructor(private readonly manager: EntityManager) {}

  static async open<Finding>(manager: EntityManager): Promise<SortedFindings<Finding>> {
    await manager.query(
      'CREATE TEMP TABLE reconciliation_findings (place bigint NOT NULL, size numeric, finding text NOT NULL)',
    );
    return new SortedFindings<Finding>(manager);
  }

  get count(): number {
    return this.found;
  }

  /** @param size the difference; findings with null come first */
  async add(finding: Finding, size: Figure | null): Promise<void> {
    this.found += 1;
    const text = size === null ? null : formatFigure(size);
    this.batch.push([String(this.found), text, JSON.stringify(finding)]);
    if (this.batch.length >= FINDINGS_PER_BATCH) await this.flush();
  }

  /** Writes the buffered findings. Must be called before a transaction that is rolled back. */
  async flush(): Promise<void> {
    await copyRows(this.manager, 'reconciliation_findings', ['place', 'size', 'finding'], this.batch);
    this.batch = [];
  }

  /** Returns all findings, the largest first, and those of equal size in their order. Must run in a transaction. */
  async *bySize(): AsyncGenerator<Finding> {
    await this.flush();
    await this.manager.query(`
      DECLARE sorted_findings NO SCROLL CURSOR FOR
        SELECT finding FROM reconciliation_findings ORDER BY size DESC NULLS FIRST, place`);
    for (;;) {
      const rows = await this.manager.query<{ finding: string }[]>(
        `FETCH ${FINDINGS_PER_BATCH} FROM sorted_findings`,
      );
      if (rows.length === 0) break;
      for (const { finding } of rows) yield JSON.parse(finding) as Finding;
    }
    await this.manager.query('CLOSE sorted_findings');
  }

  async close(): Promise<void> {
    await this.manager.query('DROP TABLE reconciliation_findings');
  }
}
