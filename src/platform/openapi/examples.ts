import type { OpenAPIObject } from '@nestjs/swagger';

type Components = NonNullable<OpenAPIObject['components']>;
type Schema = NonNullable<Components['schemas']>[string];

/** Thrown where a schema has no example and none can be put together from those inside it. */
export class MissingExample extends Error {
  override readonly name = 'MissingExample';
}

/**
 * Puts together the example of a schema from the examples of its fields, so that whoever reads the document sees
 * whole bodies, and each field's example is written once, beside the field.
 *
 * @param path where the schema stands, for the error
 * @throws MissingExample naming the field
 */
export function exampleOf(schema: Schema, components: Components, path: string): unknown {
  if ('$ref' in schema) {
    const name = schema.$ref.slice('#/components/schemas/'.length);
    const target = components.schemas?.[name];
    if (!target) throw new MissingExample(`${path}: there is no schema ${name}`);
    return exampleOf(target, components, name);
  }
  const given: unknown =
    schema.example ?? (Array.isArray(schema.examples) ? (schema.examples[0] as unknown) : undefined);
  if (given !== undefined) return given;
  if (schema.default !== undefined) return schema.default;
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => exampleOf(part, components, path));
    return parts.length === 1 ? parts[0] : Object.assign({}, ...(parts as object[]));
  }
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice) return exampleOf(choice, components, path);
  if (schema.enum?.length) return schema.enum[0] as unknown;
  if (schema.type === 'array' && schema.items) return [exampleOf(schema.items, components, `${path}[]`)];
  if (schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [
        name,
        exampleOf(field, components, `${path}.${name}`),
      ]),
    );
  }
  throw new MissingExample(`${path} has no example; give it one where it is declared`);
}
