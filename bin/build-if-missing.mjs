import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const resolver = createRequire(import.meta.url);
const COMPILER = '@nestjs/cli/bin/nest.js';

/**
 * Gives the address of a compiled file, to be imported; compiles first where nothing has been compiled yet.
 *
 * @param {string} file
 */
export function compiled(file) {
  const path = join(root, 'dist', file);
  if (!existsSync(path)) build();
  return pathToFileURL(path).href;
}

/** Compiles the sources to `dist`; ends the process if they do not compile. */
export function build() {
  if (!isCompilerInstalled()) {
    process.stderr.write('dist is missing, and so is the compiler: run npm ci --include=dev.\n');
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
 * Whether the script ended well.
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

/** Settings from a file `.env` in the current folder; what the environment holds already comes first. */
export function loadEnvironmentFile() {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
