import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withMutex } from '../../src/platform/database/embedded/mutex.js';

/** The project's folder. */
export const ROOT = resolve(__dirname, '..', '..');

const BUILD_PATIENCE_MS = 120_000;

/** Compiles the sources if `dist` is missing or older; once, even if several workers call it. */
export function ensureCompiled(): Promise<void> {
  return withMutex(join(ROOT, 'node_modules', '.cache', 'compile-lock'), BUILD_PATIENCE_MS, () => {
    if (!isFresh()) {
      execFileSync('npm', ['run', 'build', '--silent'], {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }
    return Promise.resolve();
  });
}

function isFresh(): boolean {
  const compiled = join(ROOT, 'dist', 'bundle', 'main.js');
  if (!existsSync(compiled)) return false;
  const changes_ms = ['src', 'migrations', 'bin'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => !/\.spec\.tsx?$/.test(name))
      .map((name) => statSync(join(ROOT, folder, name)))
      .filter((entry) => entry.isFile())
      .map(({ mtimeMs }) => mtimeMs),
  );
  return statSync(compiled).mtimeMs >= Math.max(...changes_ms);
}
