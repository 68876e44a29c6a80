import type { DataSource, EntityManager } from 'typeorm';

/** How many statements the work sends, on a connection of its own. */
export async function statementsOf(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<unknown>,
): Promise<number> {
  const runner = dataSource.createQueryRunner();
  const query = jest.spyOn(runner, 'query');
  try {
    await work(runner.manager);
    return query.mock.calls.length;
  } finally {
    await runner.release();
  }
}
