import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration that runs files of migrations/sql, each of one table or function. */
export abstract class SqlMigration implements MigrationInterface {
  /** TypeORM finds by it what has run: the name of the class. */
  abstract readonly name: string;
  /** Under migrations/sql, in the order in which they run. */
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
 * The nearest folder migrations/sql above this file: of the sources, or of dist, where the build copies it. So it is found
 * from wherever a build puts this code.
 */
function sqlFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, 'migrations', 'sql');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`There is no folder migrations/sql above ${here}.`);
  }
}
