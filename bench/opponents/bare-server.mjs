// Bare Node: an http server that answers every request with the same statements, run through pg, as JSON. Forked by the
// bench, which sends it { url, statements } and is told the port.
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import pg from 'pg';
import { preparedOf } from './bare-sql.mjs';

const CONNECTIONS = Math.max(20, availableParallelism());
/** Numbers and times go out as the text that PostgreSQL gave, as in the service. */
const AS_TEXT = { getTypeParser: () => (value) => value };

process.once('message', ({ url, statements }) => {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, types: AS_TEXT });
  const queries = statements.map(preparedOf);
  const server = createServer((request, response) => {
    answer(pool, queries, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.once('SIGTERM', () => void pool.end().then(() => process.exit(0)));
});

async function answer(pool, queries, response) {
  const client = await pool.connect();
  try {
    const reports = [];
    for (const query of queries) reports.push(...(await client.query(query)).rows.map(jsonOf));
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
const jsonOf = ({ rows, ...rest }) => `{"data":[${rows ?? ''}],${JSON.stringify(rest).slice(1)}`;
