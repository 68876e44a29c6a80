import pg from 'pg';
import { createApp } from '../dist/src/create-app.js';
import { loadConfig } from '../dist/src/platform/config/index.js';
import { createLogger } from '../dist/src/platform/logging/index.js';
import { openRuntime } from '../dist/src/platform/runtime/index.js';
import { environmentOf } from './service-process.mjs';

/** What a report reads its rows and sums from. */
const OF_THE_REPORT = /\b(deployment_revenue|revenue_rollups|revenue_deltas)\b/;
const IS_QUERY = /^\s*(SELECT|WITH)\b/i;
const IS_COPY = /^\s*COPY\b/i;

/**
 * The service inside this process, asked over HTTP like any other, with every statement that it sends to PostgreSQL
 * written down: so the opponents run what ships, and not what somebody once copied.
 */
export class ShippedStatements {
  static async open(folder) {
    const config = loadConfig(environmentOf(folder));
    const runtime = await openRuntime(config, { notify: () => {} });
    const logger = createLogger({ level: 'silent', format: 'text', to: process.stderr });
    const app = await createApp(runtime, logger);
    await app.listen(0);
    return new ShippedStatements(app, runtime);
  }

  constructor(app, runtime) {
    this.app = app;
    this.runtime = runtime;
  }

  /** The statements of one request, once a first one like it has been answered; `report` are those for rows and sums. */
  async of(path, headers) {
    await this.ask(path, headers);
    const all = await writingDown(() => this.ask(path, headers));
    const report = all.filter(({ text }) => OF_THE_REPORT.test(text) && IS_QUERY.test(text));
    return { all, report };
  }

  /** The text of the COPY that answers an export; null where it is none. */
  async copyOf(path, headers) {
    const all = await writingDown(() => this.ask(path, headers));
    return all.find(({ text }) => IS_COPY.test(text) && OF_THE_REPORT.test(text))?.text ?? null;
  }

  async ask(path, headers) {
    const response = await fetch(`http://127.0.0.1:${this.app.getHttpServer().address().port}${path}`, {
      headers,
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    for await (const chunk of response.body) void chunk;
  }

  async close() {
    await this.app.close();
    await this.runtime.close();
  }
}

async function writingDown(work) {
  const { query } = pg.Client.prototype;
  const statements = [];
  pg.Client.prototype.query = function written(...parameters) {
    const [statement, values] = parameters;
    const text = typeof statement === 'string' ? statement : (statement.text ?? '');
    statements.push({
      text,
      values: statement.values ?? (Array.isArray(values) ? values : []),
      name: statement.name,
    });
    return query.apply(this, parameters);
  };
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}
