import { Command } from 'commander';
import { registerBackupCommand } from './cli/backup.command.js';
import { registerImportCommand } from './cli/import.command.js';
import { registerOpenApiCommand } from './cli/openapi.command.js';
import { registerRebuildCommand } from './cli/rebuild.command.js';
import { registerReconcileCommand } from './cli/reconcile.command.js';
import { registerReportCommand } from './cli/report.command.js';
import { registerRestoreCommand } from './cli/restore.command.js';
import { registerTokenCommand } from './cli/token.command.js';
import { registerUserCommand } from './cli/user.command.js';
import { registerVerifyCommand } from './cli/verify.command.js';
import { StartupError } from './platform/config/index.js';
import { Problem } from './platform/problem/index.js';

const program = new Command('npm run cli --')
  .description('Works on the same database as the service, whether that runs or not.')
  .showHelpAfterError();
registerImportCommand(program);
registerReportCommand(program);
registerReconcileCommand(program);
registerVerifyCommand(program);
registerRebuildCommand(program);
registerBackupCommand(program);
registerRestoreCommand(program);
registerUserCommand(program);
registerTokenCommand(program);
registerOpenApiCommand(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
});

/** One line where it is no fault of the program's. */
function sentenceOf(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  if (error instanceof Problem) {
    const errors = (error.errors ?? []).map(({ field, message }) => `\n  ${field} ${message}`);
    return `${error.detail} (${error.kind.code})${errors.join('')}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
