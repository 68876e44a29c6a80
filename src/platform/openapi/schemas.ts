import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON Schema of the document: in Nest's form (OpenAPI 3.0) or in that of OpenAPI 3.1. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  nullable?: boolean;
  title?: string;
  description?: string;
  minimum?: number;
  pattern?: string;
  format?: string;
  default?: unknown;
  example?: unknown;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** Body schemas by media type. */
type Content = Record<string, { schema?: Schema; example?: unknown; examples?: unknown }>;
/** A response of the document. */
export interface Response {
  description: string;
  headers?: Record<string, Header | { $ref: string }>;
  content?: Content;
}
/** A header of a response. */
export interface Header {
  description: string;
  required?: boolean;
  schema: Schema;
}
/** A parameter of a route. */
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
/** A route of the document. */
export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  'x-roles'?: readonly string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, Response>;
}

/** A route with its method and path. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** All routes of a document. */
export function routesOf({ paths }: OpenAPIObject): Route[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) =>
      item[method] ? [{ method, path, operation: item[method] as unknown as Operation }] : [],
    ),
  );
}

/** The named schemas of the document. */
export function namedSchemasOf(document: OpenAPIObject): Record<string, Schema> {
  document.components ??= {};
  document.components.schemas ??= {};
  return document.components.schemas;
}

/** Replaces every schema of the document by `change(schema)`, inner schemas first. */
export function mapSchemas(document: OpenAPIObject, change: (schema: Schema) => Schema): void {
  const mapAll = (holders: readonly ({ schema?: Schema } | undefined)[]): void => {
    for (const holder of holders) {
      if (holder?.schema) holder.schema = mapSchema(holder.schema, change);
    }
  };
  const named = namedSchemasOf(document);
  for (const [name, schema] of Object.entries(named)) named[name] = mapSchema(schema, change);
  for (const { operation } of routesOf(document)) {
    mapAll(operation.parameters ?? []);
    mapAll(Object.values(operation.requestBody?.content ?? {}));
    for (const { headers = {}, content = {} } of Object.values(operation.responses)) {
      mapAll([...Object.values(headers).filter((header) => 'schema' in header), ...Object.values(content)]);
    }
  }
}

/** Returns `change(schema)` after all inner schemas were changed in the same manner. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const inner = (one: Schema): Schema => mapSchema(one, change);
  const mapped = { ...schema };
  if (mapped.items) mapped.items = inner(mapped.items);
  if (typeof mapped.additionalProperties === 'object') {
    mapped.additionalProperties = inner(mapped.additionalProperties);
  }
  if (mapped.properties) {
    mapped.properties = Object.fromEntries(
      Object.entries(mapped.properties).map(([name, field]) => [name, inner(field)]),
    );
  }
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    const parts = mapped[key];
    if (parts) mapped[key] = parts.map(inner);
  }
  return change(mapped);
}
