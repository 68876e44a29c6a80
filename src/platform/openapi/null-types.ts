import type { Schema } from './schemas.js';

/**
 * Converts a schema from OpenAPI 3.0, which Nest writes, to OpenAPI 3.1 (JSON Schema 2020-12). There null is a type
 * instead of `nullable`, and a reference can have a description next to it, for which 3.0 needs `allOf`.
 */
export function withNullTypes(schema: Schema): Schema {
  const { nullable = false, allOf, ...rest } = schema;
  const [only, second] = allOf ?? [];
  if (only?.$ref === undefined || second !== undefined) {
    return nullable
      ? orNull({ ...rest, ...(allOf ? { allOf } : {}) })
      : { ...rest, ...(allOf ? { allOf } : {}) };
  }
  delete rest.type; // Nest adds "object" to a reference; in 3.1 both would have to match
  const reference = { ...rest, $ref: only.$ref };
  return nullable ? orNull(reference) : reference;
}

/** The same schema, extended by null. */
export function orNull(schema: Schema): Schema {
  const { type, $ref, allOf, oneOf, anyOf, ...rest } = schema;
  if ($ref !== undefined) return { ...rest, anyOf: [{ $ref }, { type: 'null' }] };
  if (allOf) return { ...rest, anyOf: [{ allOf }, { type: 'null' }] };
  const choices = oneOf ?? anyOf;
  if (choices) {
    const isThere = choices.some((choice) => choice.type === 'null');
    return { ...rest, anyOf: isThere ? choices : [...choices, { type: 'null' }] };
  }
  if (type === undefined) return schema; // it accepts any value
  const types = [type].flat();
  return {
    ...rest,
    type: types.includes('null') ? types : [...types, 'null'],
    ...(rest.enum && !rest.enum.includes(null) ? { enum: [...rest.enum, null] } : {}),
  };
}
