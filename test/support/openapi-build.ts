import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const PROJECT = resolve(__dirname, '../..');
const DIST = join(PROJECT, 'dist');
const OWN_OUTPUT = join(PROJECT, 'node_modules/.cache/openapi-check');
const run = promisify(execFile);

/**
 * The text of the OpenAPI document of the current code, from a real build, because Nest's compiler plugin does not run
 * under Jest. Uses `dist` if it is newer than every source; otherwise it compiles (15 to 20 s) into a separate folder,
 * so that a running service is not affected.
 */
export async function openApiTextOfBuild(): Promise<string> {
  const build = isFresh(DIST) ? DIST : await compile();
  const { stdout } = await run('node', [join(build, 'src/cli.js'), 'openapi'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

function isFresh(build: string): boolean {
  const built = statSync(join(build, 'src/cli.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return ['src', 'migrations'].every((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .every((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs < built),
  );
}

async function compile(): Promise<string> {
  const tsconfig = join(OWN_OUTPUT, 'tsconfig.json');
  const output = join(OWN_OUTPUT, 'dist');
  await mkdir(OWN_OUTPUT, { recursive: true });
  await writeFile(
    tsconfig,
    JSON.stringify({
      extends: join(PROJECT, 'tsconfig.build.json'),
      compilerOptions: { outDir: output, sourceMap: false },
    }),
  );
  const nest = 'node_modules/@nestjs/cli/bin/nest.js';
  await run('node', [nest, 'build', '-p', relative(PROJECT, tsconfig)], { cwd: PROJECT });
  await writeFile(join(output, 'package.json'), '{ "type": "module" }');
  return output;
}
