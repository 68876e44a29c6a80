// Makes of the page's many small files one script and one style sheet, without comments: dist/src/dashboard/page.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
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
