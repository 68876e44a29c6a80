import type { OpenAPIObject } from '@nestjs/swagger';
import { mapSchemas, namedSchemasOf } from './schemas.js';

const PREFIX = '#/components/schemas/';
const CLASS_SUFFIX = /(?:Request|Response)?Dto$/;

/** The address of a named schema, for `$ref`. */
export function refTo(name: string): string {
  return PREFIX + name;
}

/** The name in such an address. */
export function nameIn(ref: string): string {
  return ref.slice(PREFIX.length);
}

/**
 * Names schemas after what they are, not after our classes: `UserResponseDto` becomes `User`. A class that would take
 * the name of another says its own by `@ApiSchema({ name })`.
 *
 * @throws Error where two classes would have one name
 */
export function nameSchemas(document: OpenAPIObject): void {
  const schemas = namedSchemasOf(document);
  const classOf = new Map<string, string>();
  for (const className of Object.keys(schemas)) {
    const name = className.replace(CLASS_SUFFIX, '');
    const other = classOf.get(name);
    if (other !== undefined) {
      throw new Error(`${other} and ${className} would both be ${name}: name one by @ApiSchema({ name })`);
    }
    classOf.set(name, className);
  }
  mapSchemas(document, (schema) =>
    schema.$ref === undefined
      ? schema
      : { ...schema, $ref: refTo(nameIn(schema.$ref).replace(CLASS_SUFFIX, '')) },
  );
  (document.components ??= {}).schemas = Object.fromEntries(
    [...classOf].map(([name, className]) => [name, schemas[className]]),
  ) as never;
}
