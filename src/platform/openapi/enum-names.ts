import type { OpenAPIObject } from '@nestjs/swagger';
import { refTo } from './schema-names.js';
import { mapSchemas, namedSchemasOf, type Schema } from './schemas.js';

/**
 * Gives every enumeration one named schema, which clients can import. The name is the `title` next to the words; if the
 * same words occur again, the title can be left out. A single word becomes a constant.
 *
 * @returns a sentence for each enumeration without a name
 */
export function nameEnums(document: OpenAPIObject): string[] {
  const named = namedSchemasOf(document);
  const whole = Object.entries(named).filter(([, schema]) => schema.enum);
  const nameOf = new Map(whole.map(([name, schema]) => [wordsOf(schema), name]));
  mapSchemas(document, (schema) => {
    if (schema.enum && schema.title !== undefined) nameOf.set(wordsOf(schema), schema.title);
    return schema;
  });
  const nameless = new Set<string>();
  mapSchemas(document, (schema) => {
    if (!schema.enum) return schema;
    const { enum: words, type, ...rest } = schema;
    delete rest.title;
    if (words.length === 1 && schema.title === undefined) return { ...rest, type, const: words[0] };
    const name = nameOf.get(wordsOf(schema));
    if (name === undefined) {
      nameless.add(wordsOf(schema));
      return schema;
    }
    const nullable = rest.nullable ?? words.includes(null);
    return { ...rest, nullable, allOf: [{ $ref: refTo(name) }] };
  });
  for (const [words, name] of nameOf) named[name] = { type: 'string', enum: words.split(SEPARATOR) };
  for (const [name, schema] of whole) named[name] = schema;
  return [...nameless].map(
    (words) => `the enumeration "${words}" has no name: add \`title\` next to its \`enum\``,
  );
}

const SEPARATOR = ' ';

function wordsOf({ enum: words = [] }: Schema): string {
  return words.filter((word) => typeof word === 'string').join(SEPARATOR); // Nest adds null if a field can be null
}
