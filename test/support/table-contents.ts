import { DataSource } from 'typeorm';
import type { TestService } from './service.js';

/**
 * Every row of every table, so that no change or remaining data is missed. The rollups of deployment_revenue are
 * excluded, because a worker changes them in the background; medium tests compare them with the rows.
 */
export async function contentOfTables(
  service: Pick<TestService, 'database'>,
): Promise<Readonly<Record<string, unknown>>> {
  const source = await new DataSource({ type: 'postgres', url: service.database.ownerUrl }).initialize();
  try {
    const tables: { name: string }[] = await source.query(
      `SELECT quote_ident(tablename) AS name FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('revenue_deltas', 'revenue_rollups') ORDER BY 1`,
    );
    const contents: Record<string, unknown> = {};
    for (const { name } of tables) {
      contents[name] = await source.query(`SELECT to_jsonb(t) AS row FROM ${name} t ORDER BY 1`);
    }
    return contents;
  } finally {
    await source.destroy();
  }
}
