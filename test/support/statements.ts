import type { DataSource, EntityManager } from 'typeorm';

/** Counts the statements that the work sends, on a connection of its own. */
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

/**
 * The statements of the transaction in which a statement like this was sent, from BEGIN to COMMIT, because background
 * work sends others meanwhile.
 *
 * @param query a spy on `pg.Client.prototype.query`
 */
export function transactionWith(query: jest.SpyInstance, mark: RegExp): string[] {
  const sent = query.mock.calls.map(([statement]: unknown[], index) => ({
    client: query.mock.contexts[index] as unknown,
    text: textOf(statement).trim().replaceAll(/\s+/g, ' '),
  }));
  const marked = sent.filter(({ text }) => mark.test(text));
  if (marked.length !== 1) throw new Error(`${marked.length} statements are like ${String(mark)}.`);
  const own = sent.filter(({ client }) => client === marked[0]?.client).map(({ text }) => text);
  const place = own.findIndex((text) => mark.test(text));
  return own.slice(own.lastIndexOf('START TRANSACTION', place), own.indexOf('COMMIT', place) + 1);
}

function textOf(statement: unknown): string {
  return typeof statement === 'string' ? statement : (statement as { text: string }).text;
}
