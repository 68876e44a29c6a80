interface LogRecord {
  readonly level: string;
  readonly time: string;
  readonly msg?: string;
  readonly context?: string;
  readonly requestId?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
}

/**
 * Formats a line of pino's JSON for reading: `12:00:01 warn Database: the text [request id]`, then the stack if any.
 */
export function textLine(json: string): string {
  const { level, time, msg, context, requestId, err } = JSON.parse(json) as LogRecord;
  const text = [
    time.slice(11, 19),
    level.padEnd(5),
    `${context === undefined ? '' : `${context}: `}${msg ?? err?.message ?? ''}`,
    ...(requestId === undefined ? [] : [`[${requestId}]`]),
  ].join(' ');
  const stack = err?.stack === undefined ? '' : `${err.stack}\n`;
  return `${text}\n${stack}`;
}
