import pg from 'pg';

/** A statement with its values, as PostgreSQL takes it. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** The name under which a connection keeps it prepared. */
  readonly name?: string | undefined;
}

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/** Calls `tell` with what each `pg.Client.query` of this process is given, until `stop`. */
export function watchQueries(tell: (parameters: readonly unknown[]) => void): { stop(): void } {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function watched(...parameters) {
    tell(parameters);
    return query.apply(this, parameters);
  };
  return { stop: () => void (prototype.query = query) };
}

/** Every statement that this process sends to PostgreSQL during some work. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const watch = watchQueries((parameters) => statements.push(statementOf(parameters)));
  try {
    await work();
  } finally {
    watch.stop();
  }
  return statements;
}

function statementOf([query, values]: readonly unknown[]): Statement {
  const given = Array.isArray(values) ? (values as unknown[]) : [];
  if (typeof query === 'string') return { text: query, values: given };
  const statement = query as Partial<Statement>;
  return { text: statement.text ?? '', values: statement.values ?? given, name: statement.name };
}
