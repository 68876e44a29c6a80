import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/create-app.js';
import { loadConfig, type Config } from '../../src/platform/config/index.js';
import { createLogger } from '../../src/platform/logging/index.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { TEST_JWT_SECRET } from './tokens.js';

/** The real application, listening, on a database of its own. */
export interface TestService {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** For services (`app.get(...)`) that prepare data for requests over HTTP. */
  readonly app: NestExpressApplication;
  readonly database: TestDatabase;
  readonly config: Config;
  /** Stops listening, and drops the database if the service created it. */
  close(): Promise<void>;
}

/**
 * Starts the whole application in this process, on a free port and an empty, migrated database.
 *
 * @param options.env variables over the tests' own (`AUTH_ISSUER`, `CORS_ORIGINS`, ...); undefined removes one
 * @param options.database of another service, to run several processes on it
 * @example let service: TestService; beforeAll(async () => (service = await startTestService())); afterAll(() =>
 *   service.close());
 */
export async function startTestService(
  options: { readonly env?: NodeJS.ProcessEnv; readonly database?: TestDatabase } = {},
): Promise<TestService> {
  const database = options.database ?? (await createTestDatabase());
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: database.serviceUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    AUTH_JWT_SECRET: TEST_JWT_SECRET,
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const logger = createLogger({ level: config.logLevel, format: 'text', to: process.stderr });
  const app = await createApp({ config, database }, logger);
  await app.listen(0, '127.0.0.1');
  return {
    url: (await app.getUrl()).replace('[::1]', 'localhost'),
    app,
    database,
    config,
    close: async () => {
      await app.close();
      if (options.database === undefined) await database.drop();
    },
  };
}
