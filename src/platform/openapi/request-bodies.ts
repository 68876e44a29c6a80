import type { OpenAPIObject } from '@nestjs/swagger';
import { orNull } from './null-types.js';
import { nameIn } from './schema-names.js';
import { mapSchema, namedSchemasOf, routesOf, type Schema } from './schemas.js';

const JSON_TYPE = 'application/json';

/**
 * Applies the common rules to all request bodies: null is the same as absent, so every optional field can be null
 * (docs/rules.md, "Entries"), and unknown fields are refused.
 */
export function completeRequestBodies(document: OpenAPIObject): void {
  const named = namedSchemasOf(document);
  const done = new Set<string>();
  const complete = (schema: Schema): Schema =>
    mapSchema(schema, (inner) => {
      const name = inner.$ref === undefined ? undefined : nameIn(inner.$ref);
      const target = name === undefined ? undefined : named[name];
      if (name !== undefined && target && !done.has(name)) {
        done.add(name);
        named[name] = complete(target);
      }
      return asRequest(inner);
    });
  for (const { operation } of routesOf(document)) {
    const json = operation.requestBody?.content[JSON_TYPE];
    if (json?.schema) json.schema = complete(json.schema);
  }
}

function asRequest(schema: Schema): Schema {
  const { properties, required = [] } = schema;
  if (!properties) return schema;
  const fields = Object.entries(properties).map(([name, field]) => [
    name,
    required.includes(name) ? field : orNull(field),
  ]);
  return {
    ...schema,
    properties: Object.fromEntries(fields) as Record<string, Schema>,
    additionalProperties: schema.additionalProperties ?? false,
  };
}
