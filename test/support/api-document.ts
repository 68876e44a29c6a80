/** The parts of an OpenAPI document that tests read. */
export interface ApiDocument {
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ApiSchema>> };
}

/** A schema, or the reference to one. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly items?: ApiSchema;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly ApiSchema[];
  readonly anyOf?: readonly ApiSchema[];
  readonly oneOf?: readonly ApiSchema[];
}

interface ApiBody {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<
    Record<
      string,
      {
        readonly schema?: ApiSchema;
        readonly example?: unknown;
        readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
      }
    >
  >;
}

interface RawOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly 'x-roles'?: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly description?: string;
    readonly required?: boolean;
    readonly example?: unknown;
    readonly schema?: ApiSchema;
  }[];
  readonly requestBody?: ApiBody;
  readonly responses: Readonly<Record<string, ApiBody>>;
}

/** One route of the document. */
export interface ApiOperation extends RawOperation {
  /** `GET /api/users/{id}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** The roles with access; undefined if no token, or any token, is enough. */
  readonly roles: readonly string[] | undefined;
}

/** All routes of a document. */
export function operationsOf(document: ApiDocument): ApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([lowerMethod, operation]) => {
      const method = lowerMethod.toUpperCase();
      return { ...operation, name: `${method} ${path}`, method, path, roles: operation['x-roles'] };
    }),
  );
}

/** Every field of a schema, at any depth, under its path (`POST /api/users.roles[]`). */
export function fieldsOf(
  document: ApiDocument,
  schema: ApiSchema | undefined,
  path: string,
): { readonly path: string; readonly description: string | undefined }[] {
  if (schema === undefined) return [];
  const referred = document.components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
  const parts = [referred, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [
    ...parts.flatMap((part) => fieldsOf(document, part, path)),
    ...fieldsOf(document, schema.items, `${path}[]`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      { path: `${path}.${name}`, description: field.description },
      ...fieldsOf(document, field, `${path}.${name}`),
    ]),
  ];
}
