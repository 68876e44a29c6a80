// Bundles the page: the script of the first view, the scripts of areas that are loaded when they are opened, and one
// style sheet, in dist/src/dashboard/page.
import { join } from 'node:path';
import { build } from 'esbuild';

/** This file runs in dist/bin. */
const root = join(import.meta.dirname, '..', '..');
const page = join('src', 'dashboard', 'page');

await build({
  absWorkingDir: root,
  entryPoints: [join(page, 'main.tsx'), join(page, 'styles', 'page.css')],
  outdir: join('dist', page),
  outbase: page,
  chunkNames: 'parts/[name]-[hash]',
  tsconfig: join(page, 'tsconfig.json'),
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
});
