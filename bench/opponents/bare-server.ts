// Bare Node: an http server that answers every request with the same statements, run through pg, as JSON. Forked by the
// bench, which sends it { url, statements } and is told the port.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { Pool, type QueryConfig } from 'pg';
import type { Statement } from '../sent-statements.js';
import { AS_TEXT, preparedOf } from './bare-sql.js';

const CONNECTIONS = Math.max(20, availableParallelism());

/** What the bench sends. */
interface Order {
  readonly url: string;
  readonly statements: readonly Statement[];
}

process.once('message', ({ url, statements }: Order) => {
  // Numbers and times go out as the text that PostgreSQL gave, as in the service.
  const pool = new Pool({ connectionString: url, max: CONNECTIONS, types: AS_TEXT });
  const queries = statements.map(preparedOf);
  const server = createServer((request, response) => {
    answer(pool, queries, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('SIGTERM', () => void pool.end().then(() => process.exit(0)));
});

interface PageRow {
  /** JSON. */
  readonly rows: string | null;
  readonly [column: string]: unknown;
}

async function answer(pool: Pool, queries: readonly QueryConfig[], response: ServerResponse): Promise<void> {
  const client = await pool.connect();
  try {
    const reports: string[] = [];
    for (const query of queries) reports.push(...(await client.query<PageRow>(query)).rows.map(jsonOf));
    const body = reports.join('\n');
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  } finally {
    client.release();
  }
}

/** The page's rows are JSON already; nobody would read and write them again. */
const jsonOf = ({ rows, ...rest }: PageRow): string =>
  `{"data":[${rows ?? ''}],${JSON.stringify(rest).slice(1)}`;
