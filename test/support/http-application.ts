import { Module, type DynamicModule, type LoggerService, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AuthModule } from '../../src/auth/index.js';
import { ConfigModule, type AuthConfig, type Config } from '../../src/platform/config/index.js';
import {
  configureHttpApplication,
  createHttpAdapter,
  HTTP_APPLICATION_OPTIONS,
} from '../../src/platform/http/index.js';
import { isNotTheService } from './documented/answer-check.js';
import { TEST_JWT_SECRET } from './tokens.js';

@Module({})
class TestDoorModule {
  static forRoot(config: Config, controllers: Type[]): DynamicModule {
    return { module: TestDoorModule, imports: [ConfigModule.forRoot(config), AuthModule], controllers };
  }
}

/** An HTTP door in front of a test's own controllers. */
export interface HttpApplication {
  readonly app: NestExpressApplication;
  readonly url: string;
  close(): Promise<void>;
}

/** Settings of a service without a database. */
export function doorConfig(overrides: Partial<Config> = {}, auth: Partial<AuthConfig> = {}): Config {
  return {
    environment: 'test',
    port: 0,
    dataDirectory: '/nonexistent',
    database: { kind: 'embedded' },
    databaseWait_seconds: 0,
    auth: {
      key: { kind: 'secret', secret: TEST_JWT_SECRET },
      issuer: null,
      audience: null,
      rolesClaim: 'roles',
      roleFlags: [],
      ...auth,
    },
    corsOrigins: [],
    trustedProxies: [],
    transfers: { stall_seconds: 30, exportMax_seconds: 3_600 },
    brand: { name: 'Module Revenue', accent: null, logo: null },
    logLevel: 'silent',
    metricsToken: null,
    servesApiDocs: true,
    shutdownGrace_seconds: 0,
    ...overrides,
  };
}

/**
 * Starts the real HTTP edge and access guard in front of these controllers, on a free port, without a database.
 *
 * @param logger receives the log; false: no log
 */
export async function startHttpApplication(
  controllers: Type[],
  config: Config = doorConfig(),
  logger: LoggerService | false = false,
): Promise<HttpApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    TestDoorModule.forRoot(config, controllers),
    createHttpAdapter(),
    { ...HTTP_APPLICATION_OPTIONS, logger, abortOnError: false },
  );
  configureHttpApplication(app, config);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  isNotTheService(url);
  return { app, url, close: () => app.close() };
}
