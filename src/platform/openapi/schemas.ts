import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON Schema of the document: as Nest writes it, or in the dialect of OpenAPI 3.1. */
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

/** Where schemas of bodies stand, by media type. */
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

/** One route with its place. */
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

/** The schemas of the document that have names. */
export function namedSchemasOf(document: OpenAPIObject): Record<string, Schema> {
  document.components ??= {};
  document.components.schemas ??= {};
  return document.components.schemas;
}

/** Puts `change(schema)` in the place of every schema of the document, the inner ones first. */
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

/** `change(schema)`, after the same was done to every schema inside it. */
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
