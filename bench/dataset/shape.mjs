/** Deployments by what `--size` says; the first is for trying the bench out. */
export const SIZES = { '10k': 10_000, '100k': 100_000, '1m': 1_000_000, '10m': 10_000_000 };

/**
 * What a data set is made of. Partners and modules are the same at every size, so that a partner's rank means the
 * same; users grow with the deployments, as a platform's do.
 */
export function shapeOf(deployments) {
  return {
    seed: 20_260_101,
    deployments,
    users: deployments / 100,
    partners: 500,
    modulesPerPartner: 10,
    platformModules: 50,
    /** Part of the deployments that are of the platform's own modules. */
    platformPart: 0.1,
    /** Zipf's exponents: how uneven the popularity is. */
    skew: { users: 0.7, partners: 0.75, modules: 1 },
    from: Date.UTC(2024, 0, 1),
    to: Date.UTC(2026, 0, 1),
  };
}
