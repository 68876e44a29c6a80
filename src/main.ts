import { runDemo } from './demo/index.js';
import { HttpService } from './http-service.js';
import { StartupError } from './platform/config/index.js';

const service = new HttpService(process.env);
let isFailing = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Not `once`: npm passes Ctrl-C on to a process that the terminal has signalled already.
  // A person at a terminal does not want to wait; SIGTERM comes from what sends requests here, or knows who does.
  process.on(signal, () => void service.stop({ gently: signal === 'SIGTERM' }).then(() => process.exit(0)));
}
process.on('uncaughtException', (error) => void fail(error));

service.start(process.argv.includes('--demo') ? runDemo : null).catch((error: unknown) => {
  // A start that is stopped midway fails somewhere; that is no news.
  if (!service.isStopping) void fail(startFailure(error));
});

/** A start that fails says so in one line, whatever it is; where it is no setting of the operator's, a debug log tells where. */
function startFailure(error: unknown): Error {
  if (error instanceof StartupError || isDebugging()) return error as Error;
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = message.split('\n');
  return new StartupError(`The service could not start (${line}); LOG_LEVEL=debug tells where.`, {
    cause: error,
  });
}

function isDebugging(): boolean {
  return ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');
}

/**
 * Says what is wrong, in one line where it is no fault of the program's, and ends with nothing left running. What fails after
 * that is not told: where nobody reads standard error any more, telling fails too, and would without end.
 */
async function fail(error: unknown): Promise<void> {
  if (isFailing) return;
  isFailing = true;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${error instanceof StartupError ? message : (stack ?? message)}\n`);
  await service.stop({ gently: false });
  process.exit(1);
}
