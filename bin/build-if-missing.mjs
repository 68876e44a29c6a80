import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const resolver = createRequire(import.meta.url);
const COMPILER = '@nestjs/cli/bin/nest.js';

/**
 * Returns the URL of a compiled file for an import; compiles first if dist is missing.
 *
 * @param {string} file
 */
export function compiled(file) {
  const path = join(root, 'dist', file);
  if (!existsSync(path)) build();
  return pathToFileURL(path).href;
}

/** Compiles the sources to `dist`; ends the process if compiling fails. */
export function build() {
  if (!isCompilerInstalled()) {
    process.stderr.write('dist and the compiler are missing. Run npm ci --include=dev.\n');
    process.exit(1);
  }
  process.stderr.write('Compiling, once ...\n');
  const bundles = ['bundle-page.js', 'bundle-service.js'].map((name) => join(root, 'dist', 'bin', name));
  if (run(resolver.resolve(COMPILER), 'build') && bundles.every((bundle) => run(bundle))) return;
  process.stderr.write('The sources do not compile; the errors are above.\n');
  process.exit(1);
}

/** False after `npm ci --omit=dev`. */
export function isCompilerInstalled() {
  try {
    resolver.resolve(COMPILER);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a script; returns whether it succeeded.
 *
 * @param {string[]} script its file and its arguments
 */
function run(...script) {
  const { status } = spawnSync(process.execPath, script, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return status === 0;
}

/** Loads settings from the file `.env` in the current folder; variables of the environment have priority. */
export function loadEnvironmentFile() {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
