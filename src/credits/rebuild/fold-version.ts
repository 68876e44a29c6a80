import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders that contain the fold's code. */
const FOLDERS = ['../../domain', '../accounts'];

/** Hash of the fold's code. A rebuild does not resume a run with another hash. */
export function foldVersion(): string {
  const hash = createHash('sha256');
  for (const folder of FOLDERS.map((path) => fileURLToPath(new URL(path, import.meta.url)))) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => /\.[jt]s$/.test(name)).sort()) {
      hash.update(file).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex');
}
