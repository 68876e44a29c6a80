import type { EntityManager } from 'typeorm';

/** What a statement has of one module. */
export interface ModuleSum {
  readonly moduleId: string;
  /** At the closing. */
  readonly moduleName: string;
  /** Number of revenue lines. */
  readonly deployments: number;
  readonly purchasedCredits: string;
  readonly grossRevenue: string;
  readonly revenue: string;
  /** Number of adjustment lines. */
  readonly adjustedDeployments: number;
  readonly adjustments: string;
}

/** Adds up a statement's lines by module, the largest revenue first. @param no the statement's number */
export function readModuleSums(no: string, manager: EntityManager): Promise<ModuleSum[]> {
  return manager.query<ModuleSum[]>(
    `SELECT "moduleId", "moduleName", deployments, trim_scale(purchased)::text AS "purchasedCredits",
            trim_scale(gross)::text AS "grossRevenue", trim_scale(sums.revenue)::text AS revenue,
            "adjustedDeployments", trim_scale(sums.adjustments)::text AS adjustments
       FROM (SELECT line.module_id AS "moduleId", max(line.module_name) AS "moduleName",
                    (count(*) FILTER (WHERE NOT line.is_adjustment))::int AS deployments,
                    coalesce(sum(line.purchased_credits), 0) AS purchased,
                    coalesce(sum(line.gross_revenue) FILTER (WHERE NOT line.is_adjustment), 0) AS gross,
                    coalesce(sum(line.revenue) FILTER (WHERE NOT line.is_adjustment), 0) AS revenue,
                    (count(*) FILTER (WHERE line.is_adjustment))::int AS "adjustedDeployments",
                    coalesce(sum(line.revenue) FILTER (WHERE line.is_adjustment), 0) AS adjustments
               FROM statement_lines AS line WHERE line.statement_no = $1 GROUP BY line.module_id) AS sums
      ORDER BY sums.revenue DESC, "moduleId"`,
    [no],
  );
}
