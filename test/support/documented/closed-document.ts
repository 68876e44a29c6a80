import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Json = Record<string, unknown>;

/** The committed document, which clients are generated from. */
const FILE = resolve(__dirname, '../../../openapi.json');

/**
 * The committed document, in which objects have no other fields than those that it names. The document itself leaves
 * objects open, because clients must ignore new fields; but a field that it does not name is our mistake.
 */
export function closedDocument(): Json {
  return closed(JSON.parse(readFileSync(FILE, 'utf8'))) as Json;
}

/** Closes each schema that lists properties; examples and lists of fields are not schemas. */
function closed(value: unknown, isSchemaMap = false): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map((item) => closed(item));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, inner]) => {
    const isExample = !isSchemaMap && (key === 'example' || key === 'examples' || key === 'default');
    return [
      key,
      isExample ? (inner as unknown) : closed(inner, !isSchemaMap && key === 'properties'),
    ] as const;
  });
  const isOpen = !isSchemaMap && 'properties' in value && !('additionalProperties' in value);
  return { ...Object.fromEntries<unknown>(members), ...(isOpen ? { additionalProperties: false } : {}) };
}
