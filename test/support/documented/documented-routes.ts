/** The parts of a documented route that the checks read. */
interface DocumentedOperation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

/** The documented answer of one status. */
export interface DocumentedAnswer {
  readonly headers?: Readonly<Record<string, { readonly $ref?: string; readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, { readonly examples?: Readonly<Record<string, unknown>> }>>;
}

/** The route of a request. */
export interface FoundRoute {
  /** As in the document: `/api/users/{id}`. */
  readonly path: string;
  /** Undefined: the path does not accept this method. */
  readonly operation: DocumentedOperation | undefined;
  readonly method: string;
}

type Paths = Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;

/** The route of a request; null if the document does not have the path. */
export function findRoute(paths: Paths, method: string, pathname: string): FoundRoute | null {
  const asked = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
  const [path] = Object.keys(paths)
    .filter((template) => patternOf(template).test(asked))
    .sort((left, right) => left.split('{').length - right.split('{').length);
  if (path === undefined) return null;
  const lower = method === 'HEAD' ? 'get' : method.toLowerCase();
  return { path, method: lower, operation: paths[path]?.[lower] };
}

function patternOf(template: string): RegExp {
  const pattern = template
    .split(/\{\w+\}/)
    .map((text) => text.replace(/[.*+?^$()[\]\\|]/g, '\\$&'))
    .join('[^/]+');
  return new RegExp(`^${pattern}$`);
}
