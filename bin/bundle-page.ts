// Bundles the page's files to one script and one style sheet without comments: dist/src/dashboard/page.
import { join } from 'node:path';
import { build } from 'esbuild';

/** This file runs in dist/bin. */
const root = join(import.meta.dirname, '..', '..');
const page = join('src', 'dashboard', 'page');

await build({
  absWorkingDir: root,
  entryPoints: [join(page, 'main.js'), join(page, 'styles', 'page.css')],
  outdir: join('dist', page),
  outbase: page,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
});
