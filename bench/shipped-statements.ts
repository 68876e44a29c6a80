import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SCHEMA } from '../migrations/index.js';
import { createApp } from '../src/create-app.js';
import { loadConfig } from '../src/platform/config/index.js';
import { createLogger } from '../src/platform/logging/index.js';
import { openRuntime, type Runtime } from '../src/platform/runtime/index.js';
import { statementsOf, type Statement } from './sent-statements.js';
import { environmentOf, type Headers } from './service-process.js';

/** What a report reads its rows and sums from. */
const OF_THE_REPORT = /\b(deployment_revenue|revenue_rollups|revenue_deltas)\b/;
const IS_QUERY = /^\s*(SELECT|WITH)\b/i;
const IS_COPY = /^\s*COPY\b/i;

/** The statements of one request. */
export interface RequestStatements {
  readonly all: readonly Statement[];
  /** Those for rows and sums. */
  readonly report: readonly Statement[];
}

/**
 * The service inside this process, asked over HTTP like any other, with every statement that it sends to PostgreSQL
 * written down: so the opponents run what ships, and not what somebody once copied.
 */
export class ShippedStatements {
  static async open(folder: string): Promise<ShippedStatements> {
    const config = loadConfig(environmentOf(folder));
    const runtime = await openRuntime(config, SCHEMA, { notify: () => {} });
    const logger = createLogger({ level: 'silent', format: 'text', to: process.stderr });
    const app = await createApp(runtime, logger);
    await app.listen(0);
    return new ShippedStatements(app, runtime);
  }

  private constructor(
    private readonly app: NestExpressApplication,
    private readonly runtime: Runtime,
  ) {}

  /** What a request sends once a first one like it has been answered. */
  async of(path: string, headers: Headers): Promise<RequestStatements> {
    await this.ask(path, headers);
    const all = await statementsOf(() => this.ask(path, headers));
    const report = all.filter(({ text }) => OF_THE_REPORT.test(text) && IS_QUERY.test(text));
    return { all, report };
  }

  /** The text of the COPY that answers an export; null where it is none. */
  async copyOf(path: string, headers: Headers): Promise<string | null> {
    const all = await statementsOf(() => this.ask(path, headers));
    return all.find(({ text }) => IS_COPY.test(text) && OF_THE_REPORT.test(text))?.text ?? null;
  }

  private async ask(path: string, headers: Headers): Promise<void> {
    const { port } = this.app.getHttpServer().address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    for await (const chunk of response.body ?? []) void chunk;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.runtime.close();
  }
}
