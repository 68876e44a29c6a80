import type { LoggerService } from '@nestjs/common';
import type { Level } from 'pino';
import type { Logger } from './logger.js';
import { loggerOfRequest } from './request-logging.js';

/** Contexts in which Nest logs every module and route at each start, which is useful only to debug Nest. */
const WIRING_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'NestApplication',
]);

/** Makes Nest's `new Logger(Name.name)` write through pino, with the id of the current request. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(WIRING_CONTEXTS.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest appends the context as the last argument; a stack (of `error`) or further messages can come before it. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const [stack] = rest.length > 1 ? rest : [];
    const logger = loggerOfRequest() ?? this.logger;
    const fields = {
      ...(typeof context === 'string' ? { context } : {}),
      ...(typeof stack === 'string' ? { stack } : {}),
    };
    if (message instanceof Error) logger[level]({ ...fields, err: message });
    else if (typeof message === 'string') logger[level](fields, message);
    else logger[level]({ ...fields, ...withoutRequestId(message) });
  }
}

/** Removes the request id, which the request's logger adds itself. */
function withoutRequestId(message: unknown): object {
  const fields: Record<string, unknown> = { ...(message as object) };
  if (loggerOfRequest() !== undefined) delete fields['requestId'];
  return fields;
}
