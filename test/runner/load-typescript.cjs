// @ts-check
// Lets Node load the TypeScript sources: each file goes through swc once per content, and then comes from a cache on disk.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const swc = require('@swc/core');

const CACHE = resolve(__dirname, '..', '..', 'node_modules', '.cache', 'test-sources');

/** @type {import('@swc/core').Options & { jsc: object }} */
const SWC_OPTIONS = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: true,
  swcrc: false,
};
/**
 * The page's components.
 *
 * @type {import('@swc/core').Options}
 */
const SWC_OPTIONS_OF_TSX = {
  ...SWC_OPTIONS,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: true },
    transform: { react: { runtime: 'automatic', importSource: 'preact' } },
  },
};
const CACHE_VERSION = JSON.stringify([SWC_OPTIONS, SWC_OPTIONS_OF_TSX, swc.version, process.version]);

/**
 * The file of the source map of each loaded source, for stack traces.
 *
 * @type {Map<string, string>}
 */
const sourceMaps = new Map();

/**
 * Returns a source file as CommonJS.
 *
 * @param {string} file
 */
function compile(file) {
  const source = readFileSync(file, 'utf8');
  const key = createHash('sha256')
    .update(CACHE_VERSION)
    .update(file)
    .update('\0')
    .update(source)
    .digest('hex');
  const codeFile = join(CACHE, `${key}.js`);
  const mapFile = join(CACHE, `${key}.map`);
  sourceMaps.set(file, mapFile);
  if (existsSync(codeFile)) return readFileSync(codeFile, 'utf8');
  const { code, map } = swc.transformSync(source, {
    ...(file.endsWith('.tsx') ? SWC_OPTIONS_OF_TSX : SWC_OPTIONS),
    filename: file,
  });
  writeWhole(mapFile, map ?? '');
  writeWhole(codeFile, code);
  return code;
}

/**
 * Writes a file so that another worker reads all of it or does not find it.
 *
 * @param {string} file
 * @param {string} text
 */
function writeWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/**
 * Returns the source that `import './x.js'` means in a source file, or null if it means something else.
 *
 * @type {Map<string, boolean>}
 */
const existingSources = new Map();
/**
 * @param {string} request
 * @param {string | undefined} importer
 */
function sourceOf(request, importer) {
  if (importer === undefined || !/\.tsx?$/.test(importer) || !/^\.{1,2}\/.*\.js$/.test(request)) return null;
  const name = resolve(dirname(importer), request.slice(0, -'.js'.length));
  for (const file of [`${name}.ts`, `${name}.tsx`]) {
    const exists = existingSources.get(file) ?? existsSync(file);
    existingSources.set(file, exists);
    if (exists) return file;
  }
  return null;
}

/** @typedef {{ filename: string, _compile(code: string, file: string): void }} LoadingModule */
/** @type {any} the parts that loaders can change, which Node's types leave out */
const nodeModules = Module;

mkdirSync(CACHE, { recursive: true });
/** @type {(module: LoadingModule, file: string) => void} */
nodeModules._extensions['.ts'] = (module, file) => module._compile(compile(file), file);
nodeModules._extensions['.tsx'] = nodeModules._extensions['.ts'];
const resolveFilename = nodeModules._resolveFilename;
/** @type {(request: string, parent: LoadingModule | undefined, ...rest: unknown[]) => string} */
nodeModules._resolveFilename = (request, parent, ...rest) =>
  sourceOf(request, parent?.filename) ?? resolveFilename.call(Module, request, parent, ...rest);

module.exports = { sourceMaps };
