import type { Micros } from '../../domain/index.js';

/** The gross revenue of some deployments, by module. */
export class GrossByModule {
  private readonly sums = new Map<string, { readonly partnerId: string | null; gross: Micros }>();

  /** Adds a deployment's gross revenue to that of its module. */
  add(module: { readonly moduleId: string; readonly partnerId: string | null }, gross: Micros): void {
    const { moduleId, partnerId } = module;
    const sum = this.sums.get(moduleId) ?? { partnerId, gross: 0n };
    sum.gross += gross;
    this.sums.set(moduleId, sum);
  }

  /** The modules whose gross revenue is different now, by id. */
  changesSince(earlier: GrossByModule): RevenueChange[] {
    const changes: RevenueChange[] = [];
    for (const [moduleId, { partnerId, gross }] of this.sums) {
      const grossRevenue = gross - (earlier.sums.get(moduleId)?.gross ?? 0n);
      if (grossRevenue !== 0n) changes.push({ moduleId, partnerId, grossRevenue });
    }
    return changes.sort((one, other) => (one.moduleId < other.moduleId ? -1 : 1));
  }
}

/** What an entry changed of a module's gross revenue. */
export interface RevenueChange {
  readonly moduleId: string;
  /** Null: the module belongs to the platform. */
  readonly partnerId: string | null;
  /** Negative if the entry took revenue away. */
  readonly grossRevenue: Micros;
}
