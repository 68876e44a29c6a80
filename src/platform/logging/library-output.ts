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
 * Writes to the log what libraries and Node itself would write to standard output and error in a form of their own: the
 * process' warnings (deprecations of pg among them) and the console. So each line that the service writes is one of the log.
 */
export function logLibraryOutput(logger: Logger): void {
  process.removeAllListeners('warning'); // Node's own listener, which prints
  process.on('warning', (warning) => {
    const { name, message, code } = warning as Error & { readonly code?: string };
    logger.warn({ context: name, ...(code === undefined ? {} : { code }) }, message);
  });
  for (const [method, level] of Object.entries(LEVEL_BY_METHOD)) {
    // eslint-disable-next-line no-console -- it is replaced here, not written to
    console[method as keyof typeof LEVEL_BY_METHOD] = (...parts: unknown[]) =>
      logger[level]({ context: 'console' }, format(...parts));
  }
}
