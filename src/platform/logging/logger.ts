import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/index.js';
import { textLine } from './text-line.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** `json`: one object a line, for machines; `text`: one readable line, for the person at the terminal. */
  readonly format: 'json' | 'text';
  readonly to: NodeJS.WritableStream;
}

/** Makes the logger of a process. What it writes never holds tokens, passwords or bodies: nothing hands them to it. */
export function createLogger({ level, format, to }: LoggerOptions): Logger {
  const destination: DestinationStream = {
    write: (line) => void to.write(format === 'json' ? line : textLine(line)),
  };
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
    },
    destination,
  );
}

/** Less than pino's own: an error of the database carries the statement's parameters, which may be anybody's data. */
export function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? '',
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause instanceof Error ? { cause: serializeError(error.cause) } : {}),
  };
}
