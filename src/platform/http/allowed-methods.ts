import type { Request } from 'express';

/** Properties of a layer of Express's router (router 2, lib/layer.js and lib/route.js). */
interface RouterLayer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

/**
 * The methods that a request's address accepts, sorted; empty if there is no route. They are read from the router
 * itself, so they always match the routes.
 */
export function allowedMethods(request: Request): string[] {
  const { stack } = request.app.router as unknown as { readonly stack: readonly RouterLayer[] };
  const methods = new Set<string>();
  for (const layer of stack) {
    if (layer.route && layer.match(request.path)) {
      Object.keys(layer.route.methods).forEach((method) => methods.add(method.toUpperCase()));
    }
  }
  if (methods.has('GET')) {
    methods.add('HEAD');
  }
  return methods.size === 0 ? [] : [...methods.add('OPTIONS')].sort();
}
