import type { Schema } from './schemas.js';

/**
 * Writes a schema in the dialect of OpenAPI 3.1, JSON Schema 2020-12: null is a type there, where OpenAPI 3.0, in which
 * Nest writes, has `nullable`; and a reference may have a description beside it, for which 3.0 needs `allOf`.
 */
export function withNullTypes(schema: Schema): Schema {
  const { nullable = false, allOf, ...rest } = schema;
  const [only, second] = allOf ?? [];
  if (only?.$ref === undefined || second !== undefined) {
    return nullable
      ? orNull({ ...rest, ...(allOf ? { allOf } : {}) })
      : { ...rest, ...(allOf ? { allOf } : {}) };
  }
  delete rest.type; // Nest writes "object" beside a reference, and in 3.1 both would have to hold
  const reference = { ...rest, $ref: only.$ref };
  return nullable ? orNull(reference) : reference;
}

/** The same schema, which also takes null. */
export function orNull(schema: Schema): Schema {
  const { type, $ref, allOf, oneOf, anyOf, ...rest } = schema;
  if ($ref !== undefined) return { ...rest, anyOf: [{ $ref }, { type: 'null' }] };
  if (allOf) return { ...rest, anyOf: [{ allOf }, { type: 'null' }] };
  const choices = oneOf ?? anyOf;
  if (choices) {
    const isThere = choices.some((choice) => choice.type === 'null');
    return { ...rest, anyOf: isThere ? choices : [...choices, { type: 'null' }] };
  }
  if (type === undefined) return schema; // it takes whatever there is
  const types = [type].flat();
  return {
    ...rest,
    type: types.includes('null') ? types : [...types, 'null'],
    ...(rest.enum && !rest.enum.includes(null) ? { enum: [...rest.enum, null] } : {}),
  };
}
