import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../platform/config/index.js';
import { createLogger, NestLogger } from '../platform/logging/index.js';
import { openRuntime } from '../platform/runtime/index.js';

/** Work that a command does with the services of the application. */
export type CommandWork<T> = (app: INestApplicationContext) => Promise<T>;

/**
 * Opens the same services as the HTTP door, without listening, and closes them afterwards. While a server runs on the
 * same data folder, the command joins its database.
 */
export async function withApplication<T>(work: CommandWork<T>): Promise<T> {
  const config = loadConfig(process.env);
  // Standard output belongs to the command's result.
  const logger = createLogger({ level: 'warn', format: 'text', to: process.stderr });
  const runtime = await openRuntime(config, { notify: (what) => logger.warn(what) });
  try {
    const app = await NestFactory.createApplicationContext(AppModule.forRuntime(runtime), {
      abortOnError: false,
      logger: new NestLogger(logger),
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await runtime.close();
  }
}
