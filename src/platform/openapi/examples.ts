import { nameIn } from './schema-names.js';
import type { Schema } from './schemas.js';

/** Position of a schema in the document. */
export interface ExampleContext {
  /** The named schemas. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Name of the schema, followed by the fields that lead to this one. */
  readonly path: string;
  /** Collects the paths of schemas without an example. */
  readonly missing: string[];
}

/**
 * Fields that would make an example invalid: a cursor comes from an earlier answer, and `csv` excludes pages of JSON.
 */
const NOT_IN_EXAMPLES: readonly string[] = ['cursor', 'csv'];

/**
 * Builds the example of a schema from the examples of its fields, so that the document shows whole bodies and each
 * field's example is written only once.
 */
export function exampleOf(schema: Schema, context: ExampleContext): unknown {
  const { schemas, path, missing } = context;
  if (schema.$ref !== undefined) {
    const name = nameIn(schema.$ref);
    const target = schemas[name];
    if (target) return exampleOf(target, { ...context, path: name });
    missing.push(name);
    return undefined;
  }
  const given = [schema.example, schema.default].find((example) => example !== undefined);
  if (given !== undefined) return given;
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => exampleOf(part, context));
    return parts.length === 1 ? parts[0] : (Object.assign({}, ...parts) as unknown);
  }
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice) return exampleOf(choice, context);
  if (schema.enum?.length) return schema.enum[0];
  if (schema.type === 'array' && schema.items) {
    return [exampleOf(schema.items, { ...context, path: `${path}[]` })];
  }
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties)
        .filter(([name]) => !NOT_IN_EXAMPLES.includes(name))
        .map(([name, field]) => [name, exampleOf(field, { ...context, path: `${path}.${name}` })]),
    );
  }
  missing.push(path);
  return undefined;
}
