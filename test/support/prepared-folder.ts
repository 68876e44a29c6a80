import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA } from '../../migrations/index.js';
import { joinEmbedded } from '../../src/platform/database/embedded/index.js';
import { layoutOf } from '../../src/platform/database/embedded/layout.js';
import { withMutex } from '../../src/platform/database/embedded/mutex.js';
import { migrate } from '../../src/platform/database/migrate.js';
import type { DataFolder } from './compiled-service.js';
import { runFolder } from './test-cluster.js';

const PATIENCE_MS = 120_000;

/**
 * Puts a PostgreSQL into a data folder, migrated, empty and stopped, as a first start leaves it. It is a copy: 0.2 s instead of
 * three. Tests of a first start begin without.
 */
export async function prepare(folder: DataFolder): Promise<void> {
  const prepared = join(runFolder(), 'prepared');
  await withMutex(join(runFolder(), 'prepared-lock'), PATIENCE_MS, async () => {
    if (!existsSync(prepared)) await build(prepared);
  });
  // Not Node's cp, which forgets the owner: run by root, PostgreSQL belongs to another user.
  execFileSync('cp', ['-a', layoutOf(prepared).home, layoutOf(folder.path).home]);
}

async function build(prepared: string): Promise<void> {
  const draft = `${prepared}-draft`;
  rmSync(draft, { recursive: true, force: true });
  const database = await joinEmbedded(draft, () => {});
  await migrate(database.ownerUrl, new URL(database.serviceUrl).username, SCHEMA);
  await database.leave();
  rmSync(layoutOf(draft).port); // each copy takes a port of its own
  renameSync(draft, prepared);
}
