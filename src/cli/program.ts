import { Command } from 'commander';
import { ROLES } from '../domain/index.js';
import { SERVICE_VERSION } from '../platform/config/service-version.js';
import {
  collectId,
  collectRole,
  countUpTo,
  dayOrInstant,
  decimal,
  duration_seconds,
  instant,
  platformId,
} from './arguments.js';
import type { ImportFlags } from './import.command.js';
import type { ReconcileOptions } from './reconcile.command.js';
import type { ReportOptions } from './report.command.js';
import type { TokenOptions } from './token.command.js';
import type { UserOptions } from './user.command.js';

const REPORT_ROWS_DEFAULT = 20;
const REPORT_ROWS_MAX = 500;
const WORKERS_MAX = 99;
const TOKEN_SECONDS_DEFAULT = 3_600;

/**
 * The grammar of the command line. Every command loads what it runs when it runs: help and refused arguments need none of
 * the application.
 */
export function commandLine(): Command {
  const program = new Command('npm run cli --')
    .description('Works on the same database as the service, whether that runs or not.')
    .version(SERVICE_VERSION)
    .showHelpAfterError();
  addImport(program);
  addReport(program);
  addReconcile(program);
  addVerify(program);
  addRebuild(program);
  addBackup(program);
  addRestore(program);
  addUser(program);
  addToken(program);
  addOpenApi(program);
  return program;
}

function addImport(program: Command): void {
  program
    .command('import')
    .description('import users, modules and ledger entries: one JSON record a line, in any order')
    .argument('<file>', '.ndjson or .ndjson.gz; - for standard input')
    .option('--atomic', 'all lines or none', false)
    .option('--update', 'let user and module lines change what is there', false)
    .action(async (file: string, flags: ImportFlags) => {
      const { importHistory } = await import('./import.command.js');
      await importHistory(file, flags);
    });
}

function addReport(program: Command): void {
  program
    .command('report')
    .description("print a partner's revenue as a table, or write it to a CSV file")
    .requiredOption('--partner <id>', 'whose modules', platformId)
    .option('--from <date>', 'first day (2026-05-01), or an instant with an offset', dayOrInstant)
    .option('--to <date>', 'last day, included; or an instant, excluded', dayOrInstant)
    .option('--time-zone <name>', 'IANA zone that days are meant in; default: the variable timeZone')
    .option('--module <id>', 'only this module; may be repeated', collectId)
    .option('--include-free', 'also deployments that gave no revenue', false)
    .option(
      '--rows <count>',
      `rows of the table, the latest first, up to ${REPORT_ROWS_MAX}`,
      countUpTo(REPORT_ROWS_MAX),
      REPORT_ROWS_DEFAULT,
    )
    .option('--csv <file>', 'write all rows to this file instead')
    .action(async (options: ReportOptions) => {
      const { report } = await import('./report.command.js');
      await report(options);
    });
}

function addReconcile(program: Command): void {
  program
    .command('reconcile')
    .description(
      "compare another system's balances, or partners' revenue by month, with the ledger; exit code 1 on a difference",
    )
    .argument(
      '<file>',
      'one user a line with userId, free, purchased (and unpaid), or one month of a partner with partnerId, month, gross: .csv with a first line that names the columns (commas, semicolons or tabs between them), or .ndjson; .gz of either; - for standard input; other columns are not read',
    )
    .option('--at <instant>', 'compare balances as they were then; default: now', instant)
    .option(
      '--complete',
      'the file names everybody: report others who have or owe credits, or revenue',
      false,
    )
    .option(
      '--tolerance <decimal>',
      'take floating-point figures, and differences up to this for none; default: exact decimals',
      decimal,
    )
    .option('--decimal-comma', 'figures have a comma before the decimals', false)
    .action(async (file: string, options: ReconcileOptions, command: Command) => {
      const { reconcile } = await import('./reconcile.command.js');
      await reconcile(file, options, command);
    });
}

function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'recompute everything beside what is stored and check all invariants; exit code 1 on a difference',
    )
    .action(async () => {
      const { verify } = await import('./verify.command.js');
      await verify();
    });
}

function addRebuild(program: Command): void {
  program
    .command('rebuild')
    .description(
      'recompute lots, allocations, debts, balances and revenue from the ledger; the service may run on',
    )
    .option(
      '--workers <count>',
      'how many processors to fold on; default: half of the machine’s',
      countUpTo(WORKERS_MAX),
    )
    .action(async (options: { workers?: number }) => {
      const { rebuild } = await import('./rebuild.command.js');
      await rebuild(options);
    });
}

function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write all that the database holds, as of now, to a file; the service may run')
    .argument('<file>', 'a new file (.gz), readable by its owner alone; - for standard output')
    .action(async (file: string) => {
      const { backUp } = await import('./backup.command.js');
      await backUp(file);
    });
}

function addRestore(program: Command): void {
  program
    .command('restore')
    .description('bring a backup back into an empty DATA_DIR or an empty database; the service is off')
    .argument('<file>', 'what backup has written; - for standard input')
    .action(async (file: string) => {
      const { restore } = await import('./restore.command.js');
      await restore(file);
    });
}

function addUser(program: Command): void {
  const user = program.command('user').description('the people who sign in to this service');
  user
    .command('create')
    .description('record somebody who signs in here, or give somebody known a new password')
    .argument('<id>', 'the user’s id on the platform', platformId)
    .requiredOption('--email <address>', 'what they sign in with')
    .option('--name <name>', 'how they are called')
    .option(
      '--role <role>',
      'user, partner, finance, admin or platform; may be given several times',
      collectRole,
      [],
    )
    .option('--password <password>', '12 to 128 characters; absent: a random one is made and printed')
    .action(async (id: string, options: UserOptions) => {
      const { createUser } = await import('./user.command.js');
      await createUser(id, options);
    });
}

function addToken(program: Command): void {
  program
    .command('token')
    .description('print an access token, signed with this service’s secret')
    .argument('<id>', 'whom it is for: a user’s id, or the name of a back end', platformId)
    .option('--role <role>', `one of ${ROLES.join(', ')}; may be given several times`, collectRole, [])
    .option('--partner <id>', 'whose modules are its own, where that is not the id itself', platformId)
    .option(
      '--ttl <time>',
      'how long it is good for, like 30m, 12h or 90d',
      duration_seconds,
      TOKEN_SECONDS_DEFAULT,
    )
    .action(async (id: string, options: TokenOptions) => {
      const { issueToken } = await import('./token.command.js');
      await issueToken(id, options);
    });
}

function addOpenApi(program: Command): void {
  program
    .command('openapi')
    .description('print the OpenAPI document of this version')
    .option('--out <file>', 'write it to a file instead')
    .action(async (options: { out?: string }) => {
      const { describeRoutes } = await import('./openapi.command.js');
      await describeRoutes(options);
    });
}
