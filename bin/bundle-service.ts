// Bundles the compiled service and its packages to a few files, dist/bundle, because Node spends most of a start on
// finding and opening thousands of small files. The input is the output of tsc, because esbuild writes no decorator
// metadata.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import { build, type Plugin } from 'esbuild';

/** This file runs in dist/bin. */
const root = join(import.meta.dirname, '..', '..');
const outdir = join(root, 'dist', 'bundle');

/** Packages that are not bundled, because they contain native programs or files of their own. */
const APART = ['@node-rs/argon2', 'swagger-ui-dist'];

/** Optional dependencies of packages that the service does not use. */
const ABSENT = [
  '@fastify/static',
  '@nestjs/microservices',
  '@nestjs/websockets',
  'class-transformer/storage',
  'pg-native',
];

/** Makes code that looks for files next to itself look next to the compiled file instead of the bundle. */
const filesBesideSources: Plugin = {
  name: 'files-beside-sources',
  setup(bundling) {
    bundling.onLoad({ filter: /[\\/]dist[\\/](src|migrations)[\\/].*\.js$/ }, async ({ path }) => {
      const address = relative(outdir, path).split(sep).join('/');
      const text = await readFile(path, 'utf8');
      const contents = text.replaceAll('import.meta.url', `new URL('${address}', import.meta.url).href`);
      return { contents, loader: 'js' };
    });
  },
};

/**
 * Gives packages of Nest the bundle's own copy of what they load by `require` or late by `import`, as it may be absent. A second
 * copy of TypeORM or class-transformer would cost time and have metadata of its own. What esbuild makes of a late `import` of
 * CommonJS has no named exports; `require` has.
 */
const oneCopyOfPackages: Plugin = {
  name: 'one-copy-of-packages',
  setup(bundling) {
    bundling.onLoad({ filter: /[\\/]@nestjs[\\/].*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text
        .replace('const require = createRequire(import.meta.url);', '')
        .replace(/import\('(class-\w+)'\)/g, "Promise.resolve(require('$1'))");
      return { contents, loader: 'js' };
    });
  },
};

await build({
  absWorkingDir: root,
  entryPoints: ['main', 'cli'].map((name) => join('dist', 'src', `${name}.js`)),
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  keepNames: true,
  external: [...APART, ...ABSENT],
  plugins: [filesBesideSources, oneCopyOfPackages],
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
});

/**
 * Node decodes the map of a file at the first error that is logged, and keeps it. The lines of packages took 60 MB
 * there, so the maps describe the service's own code only.
 */
async function removePackagesFromMap(file: string): Promise<void> {
  const map = JSON.parse(await readFile(file, 'utf8')) as { sources: string[]; mappings: string };
  const isPackage = map.sources.map((source) => source.includes('/node_modules/'));
  const lines = decode(map.mappings).map((segments) =>
    segments
      .map((segment): SourceMapSegment => (isPackage[segment[1] ?? -1] === true ? [segment[0]] : segment))
      .filter((segment, index, all) => segment.length > 1 || (all[index - 1]?.length ?? 1) > 1),
  );
  await writeFile(file, JSON.stringify({ ...map, mappings: encode(lines) }));
}

for (const name of await readdir(outdir)) {
  if (name.endsWith('.map')) await removePackagesFromMap(join(outdir, name));
}
