import { commandLine } from './cli/program.js';
import { StartupError } from './platform/config/startup-error.js';
import { Problem } from './platform/problem/problem.js';

commandLine()
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  });

/** The text for an error: one line if its cause is outside the program, otherwise the stack trace. */
function sentenceOf(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  if (error instanceof Problem) {
    const errors = (error.errors ?? []).map(({ field, message }) => `\n  ${field} ${message}`);
    return `${error.detail} (${error.kind.code})${errors.join('')}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
