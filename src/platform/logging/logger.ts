import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/index.js';
import { textLine } from './text-line.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** `json`: one object per line, for machines; `text`: one readable line, for a terminal. */
  readonly format: 'json' | 'text';
  readonly to: NodeJS.WritableStream;
}

/** Creates the logger of a process. No code passes tokens, passwords or bodies to it. */
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

/**
 * Logs less than pino's own serializer, because a database error contains the statement's parameters, which can be
 * personal data.
 */
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
