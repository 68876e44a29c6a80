import { format } from 'node:util';
import type { Logger } from './logger.js';

const LEVEL_BY_METHOD = {
  error: 'error',
  warn: 'warn',
  info: 'info',
  log: 'info',
  debug: 'debug',
  trace: 'debug',
} as const;

/**
 * Redirects output of libraries and of Node to the log: the process's warnings (for example deprecations of pg) and the
 * console. All output of the service is therefore in the log's format.
 */
export function logLibraryOutput(logger: Logger): void {
  process.removeAllListeners('warning'); // removes Node's listener, which prints
  process.on('warning', (warning) => {
    const { name, message, code } = warning as Error & { readonly code?: string };
    logger.warn({ context: name, ...(code === undefined ? {} : { code }) }, message);
  });
  for (const [method, level] of Object.entries(LEVEL_BY_METHOD)) {
    // oxlint-disable-next-line no-console -- it is replaced here, not written to
    console[method as keyof typeof LEVEL_BY_METHOD] = (...parts: unknown[]) =>
      logger[level]({ context: 'console' }, format(...parts));
  }
}
