import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { Refusals } from './audit/index.js';
import {
  configureHttpApplication,
  createHttpAdapter,
  Draining,
  HTTP_APPLICATION_OPTIONS,
} from './platform/http/index.js';
import { type Logger, NestLogger, requestLogging } from './platform/logging/index.js';
import { RequestDurations } from './platform/metrics/index.js';
import type { Runtime } from './platform/runtime/index.js';

/** Creates the HTTP application, the same for the service and for its tests. The caller must listen and close it. */
export async function createApp(
  runtime: Pick<Runtime, 'config' | 'database'>,
  logger: Logger,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRuntime(runtime),
    createHttpAdapter(),
    {
      ...HTTP_APPLICATION_OPTIONS,
      abortOnError: false, // the caller reports errors in one line, without a stack trace
      logger: new NestLogger(logger),
    },
  );
  app.get(Draining, { strict: false }).follow(app.getHttpServer());
  const durations = app.get(RequestDurations, { strict: false });
  app.use(durations.measure.bind(durations));
  // Text logs are for a person at a terminal, who needs errors but not each request.
  app.use(requestLogging(logger, runtime.config.environment === 'production' ? 'info' : 'debug'));
  const refusals = app.get(Refusals, { strict: false });
  configureHttpApplication(app, runtime.config, refusals.onProblem.bind(refusals));
  return app;
}
