import { DEMO_BRAND, runDemo } from './demo/index.js';
import { HttpService } from './http-service.js';
import { StartupError } from './platform/config/index.js';

const isDemo = process.argv.includes('--demo');
const service = new HttpService(isDemo ? { ...DEMO_BRAND, ...process.env } : process.env);
let isFailing = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Not `once`, because npm forwards Ctrl-C to a process that the terminal has already signalled. Only SIGTERM uses the
  // grace time: it comes from an orchestrator whose load balancer may still send requests, while a person at a terminal
  // does not want to wait.
  process.on(signal, () => void service.stop({ gently: signal === 'SIGTERM' }).then(() => process.exit(0)));
}
process.on('uncaughtException', (error) => void fail(error));

service.start(isDemo ? runDemo : null).catch((error: unknown) => {
  // A start that is stopped fails somewhere; that error is not reported.
  if (!service.isStopping) void fail(startFailure(error));
});

/** Converts a failed start to one line. If the cause is not a setting, a debug log shows the stack trace. */
function startFailure(error: unknown): Error {
  if (error instanceof StartupError || isDebugging()) return error as Error;
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = message.split('\n');
  return new StartupError(`The service could not start (${line}). Set LOG_LEVEL=debug for details.`, {
    cause: error,
  });
}

function isDebugging(): boolean {
  return ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');
}

/**
 * Prints the error, in one line if its cause is outside the program, and ends the process with everything stopped. Later
 * errors are ignored: if standard error is closed, printing fails too and would call this function without end.
 */
async function fail(error: unknown): Promise<void> {
  if (isFailing) return;
  isFailing = true;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${error instanceof StartupError ? message : (stack ?? message)}\n`);
  await service.stop({ gently: false });
  process.exit(1);
}
