import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that runs files of migrations/sql. Each file contains one table or function. */
export abstract class SqlMigration implements MigrationInterface {
  /** The name of the class, by which TypeORM finds the migrations that have run. */
  abstract readonly name: string;
  /** Paths below migrations/sql, in the order in which they run. */
  protected abstract readonly files: readonly string[];

  async up(queryRunner: QueryRunner): Promise<void> {
    const folder = sqlFolder();
    for (const file of this.files) await queryRunner.query(readFileSync(join(folder, file), 'utf8'));
  }

  down(): Promise<never> {
    return Promise.reject(new Error(`${this.name} is not undone; restore a backup that was made before it.`));
  }
}

/**
 * The nearest folder migrations/sql above this file: that of the sources, or that of dist, where the build copies it.
 * The path does not depend on the folder to which a build writes this code.
 */
function sqlFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, 'migrations', 'sql');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`There is no folder migrations/sql above ${here}.`);
  }
}
