import type { OpenAPIObject } from '@nestjs/swagger';
import { mapSchemas, namedSchemasOf } from './schemas.js';

const PREFIX = '#/components/schemas/';
const CLASS_SUFFIX = /(?:Request|Response)?Dto$/;

/** The reference to a named schema, for `$ref`. */
export function refTo(name: string): string {
  return PREFIX + name;
}

/** The name in a reference. */
export function nameIn(ref: string): string {
  return ref.slice(PREFIX.length);
}

/**
 * Names schemas by their content instead of our classes: `UserResponseDto` becomes `User`. If two classes would get the
 * same name, one must set its own by `@ApiSchema({ name })`.
 *
 * @throws Error if two classes would get the same name
 */
export function nameSchemas(document: OpenAPIObject): void {
  const schemas = namedSchemasOf(document);
  const classOf = new Map<string, string>();
  for (const className of Object.keys(schemas)) {
    const name = className.replace(CLASS_SUFFIX, '');
    const other = classOf.get(name);
    if (other !== undefined) {
      throw new Error(
        `${other} and ${className} would both get the name ${name}: set another name on one of them with @ApiSchema({ name })`,
      );
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
