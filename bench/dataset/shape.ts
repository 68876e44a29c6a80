/** Deployments by what `--size` says; the first is for trying the bench out. */
export const SIZES = { '10k': 10_000, '100k': 100_000, '1m': 1_000_000, '10m': 10_000_000 } as const;

export type Size = keyof typeof SIZES;

/** What a data set is made of. */
export interface Shape {
  readonly seed: number;
  readonly deployments: number;
  readonly users: number;
  readonly partners: number;
  readonly modulesPerPartner: number;
  readonly platformModules: number;
  /** Part of the deployments that are of the platform's own modules. */
  readonly platformPart: number;
  /** Zipf's exponents: how uneven the popularity is. */
  readonly skew: { readonly users: number; readonly partners: number; readonly modules: number };
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/**
 * The data set of a size. Partners and modules are the same at every size, so that a partner's rank means the same;
 * users grow with the deployments, as a platform's do.
 */
export function shapeOf(size: Size): Shape {
  const deployments = SIZES[size];
  return {
    seed: 20_260_101,
    deployments,
    users: deployments / 100,
    partners: 500,
    modulesPerPartner: 10,
    platformModules: 50,
    platformPart: 0.1,
    skew: { users: 0.7, partners: 0.75, modules: 1 },
    from: Date.UTC(2024, 0, 1),
    to: Date.UTC(2026, 0, 1),
  };
}
