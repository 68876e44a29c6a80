import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SCHEMA } from '../../migrations/index.js';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../platform/config/index.js';
import { createLogger, NestLogger, type Logger } from '../platform/logging/index.js';
import { openRuntime, type Runtime, type RuntimeOptions } from '../platform/runtime/index.js';

/** Work of a command with the services of the application. */
export type CommandWork<T> = (app: INestApplicationContext) => Promise<T>;

/**
 * Opens the same services as the HTTP server, without listening, and closes them afterwards. If a server runs on the
 * same data folder, the command joins its database.
 */
export function withApplication<T>(work: CommandWork<T>): Promise<T> {
  return withRuntime({}, async (runtime, logger) => {
    const app = await NestFactory.createApplicationContext(AppModule.forRuntime(runtime), {
      abortOnError: false,
      logger: new NestLogger(logger),
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  });
}

/** Opens only the database, for commands that work on whole tables without the services. */
export function withDatabase<T>(
  work: (database: Runtime['database']) => Promise<T>,
  options: Pick<RuntimeOptions, 'isMigrated'> = {},
): Promise<T> {
  return withRuntime(options, ({ database }) => work(database));
}

async function withRuntime<T>(
  options: Omit<RuntimeOptions, 'notify'>,
  work: (runtime: Runtime, logger: Logger) => Promise<T>,
): Promise<T> {
  const config = loadConfig(process.env);
  // Standard output is only for the command's result.
  const logger = createLogger({ level: 'warn', format: 'text', to: process.stderr });
  const opening = openRuntime(config, SCHEMA, { ...options, notify: (what) => logger.warn(what) });
  const interruption = endOnSignals(opening);
  const runtime = await opening;
  try {
    return await work(runtime, logger);
  } catch (error) {
    await interruption(); // after a signal the error is only its consequence, so it is not reported
    throw error;
  } finally {
    await runtime.close();
  }
}

/** 128 + SIGINT by convention. */
const EXIT_CODE_INTERRUPTED = 130;

/**
 * Ends the process on Ctrl-C and also stops the embedded server if no other process uses it.
 *
 * @returns a function that waits for that end after a signal, and otherwise resolves at once
 */
function endOnSignals(opening: Promise<Runtime>): () => Promise<void> {
  let ending: Promise<never> | null = null;
  const end = async (): Promise<never> => {
    await opening.then(
      (runtime) => runtime.close(),
      () => {}, // opening failed
    );
    process.exit(EXIT_CODE_INTERRUPTED);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void (ending ??= end()));
  return async () => {
    await ending;
  };
}
