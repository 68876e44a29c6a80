// The compiler plugin of @nestjs/swagger, corrected for folders of any name. TypeScript escapes paths in the text of
// types (`\u00F6` for ö), and the plugin would copy the escapes into imports of files that do not exist.
import { before as swaggerPlugin } from '@nestjs/swagger/plugin';

/**
 * Called by lib/compiler/plugins/plugins-loader.js of the package "@nestjs/cli".
 *
 * @param {Record<string, unknown>} options of nest-cli.json
 * @param {import('typescript').Program} [program]
 */
export function before(options, program) {
  const checker = program?.getTypeChecker();
  if (checker !== undefined) {
    const typeToString = checker.typeToString.bind(checker);
    checker.typeToString = (...args) => withPlainPaths(typeToString(...args));
  }
  return swaggerPlugin(options, program);
}

/**
 * The text of a type with its paths unescaped: `import("/home/jürgen/src/a").A`.
 *
 * @param {string} typeText
 */
function withPlainPaths(typeText) {
  return typeText.replace(/(?<=import\()"(?:[^"\\]|\\.)*"/g, (path) => `"${String(JSON.parse(path))}"`);
}
