import { Command, Option } from 'commander';
import { ROLES } from '../domain/index.js';
import { SERVICE_VERSION } from '../platform/config/service-version.js';
import {
  collectId,
  collectRole,
  countUpTo,
  dayOrInstant,
  decimal,
  digest,
  duration_seconds,
  instant,
  month,
  platformId,
} from './arguments.js';
import type { CloseOptions } from './close.command.js';
import type { ConvertStripeOptions } from './convert-stripe.command.js';
import type { ImportFlags } from './import.command.js';
import type { ReconcileOptions } from './reconcile.command.js';
import type { ReportOptions } from './report.command.js';
import type { StatementsOptions } from './statements.command.js';
import type { TieOutOptions } from './tie-out.command.js';
import type { TokenOptions } from './token.command.js';
import type { UserOptions } from './user.command.js';

const REPORT_ROWS_DEFAULT = 20;
const REPORT_ROWS_MAX = 500;
const WORKERS_MAX = 99;
const TOKEN_SECONDS_DEFAULT = 3_600;

/**
 * The grammar of the command line. Each command loads its code only when it runs, so help and invalid arguments load no
 * part of the application.
 */
export function commandLine(): Command {
  const program = new Command('npm run cli --')
    .description('Works on the same database as the service, while the service runs or not.')
    .version(SERVICE_VERSION)
    .showHelpAfterError();
  addImport(program);
  addReport(program);
  addReconcile(program);
  addConvert(program);
  addTieOut(program);
  addClose(program);
  addStatements(program);
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
    .description('import users, modules and ledger entries: one JSON record per line, in any order')
    .argument('<file>', '.ndjson or .ndjson.gz; - for standard input')
    .option('--atomic', 'all lines or none', false)
    .option('--update', 'let user and module lines change existing records', false)
    .action(async (file: string, flags: ImportFlags) => {
      const { importHistory } = await import('./import.command.js');
      await importHistory(file, flags);
    });
}

function addReport(program: Command): void {
  program
    .command('report')
    .description("print a partner's revenue as a table, or write it to a CSV file")
    .requiredOption('--partner <id>', 'the partner', platformId)
    .option('--from <date>', 'first day (2026-05-01), or an instant with an offset', dayOrInstant)
    .option('--to <date>', 'last day, included; or an instant, excluded', dayOrInstant)
    .option('--time-zone <name>', 'IANA time zone of days; default: the variable timeZone')
    .option('--module <id>', 'only this module; can be repeated', collectId)
    .option('--include-free', 'also deployments without revenue', false)
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
      "compare another system's balances, or partners' revenue by month, with the ledger; exit code 1 if they differ",
    )
    .argument(
      '<file>',
      'one user per line with userId, free, purchased (and unpaid), or one month of a partner per line with partnerId, month, gross: .csv with a header line (separated by commas, semicolons or tabs), or .ndjson; .gz of either; - for standard input; other columns are ignored',
    )
    .option('--at <instant>', 'compare balances as they were then; default: now', instant)
    .option(
      '--complete',
      'the file is complete: also report users who have or owe credits, or partners with revenue, that are not in it',
      false,
    )
    .option(
      '--tolerance <decimal>',
      'accept floating-point figures and ignore differences up to this; default: exact decimals',
      decimal,
    )
    .option('--decimal-comma', 'figures have a decimal comma', false)
    .action(async (file: string, options: ReconcileOptions, command: Command) => {
      const { reconcile } = await import('./reconcile.command.js');
      await reconcile(file, options, command);
    });
}

function addConvert(program: Command): void {
  program
    .command('convert')
    .description('convert the events of a payment provider to lines of an import')
    .command('stripe')
    .description(
      'Stripe’s event objects, one per line, in any order: purchases, refunds and disputes; exit code 1 if an event was not converted',
    )
    .argument('<file>', '.ndjson or .ndjson.gz; - for standard input')
    .addOption(
      new Option('--purchases <events>', 'which events are purchases')
        .choices(['sessions', 'intents'])
        .default('sessions'),
    )
    .option('--user-key <key>', 'key of the metadata that names the user', 'userId')
    .option('--credits-key <key>', 'key of the metadata that states the credits', 'credits')
    .action(async (file: string, options: ConvertStripeOptions) => {
      const { convertStripe } = await import('./convert-stripe.command.js');
      await convertStripe(file, options);
    });
}

function addTieOut(program: Command): void {
  program
    .command('tie-out')
    .description(
      "compare a payment provider's file with the purchases, refunds and reversals of a month; exit code 1 if they differ",
    )
    .argument('<file>', '.csv with a header line, or .csv.gz; - for standard input')
    .requiredOption('--month <month>', 'the month, like 2026-05, in the time zone of the platform', month)
    .option('--id <column>', 'column of the ids: of entries, or of the payments that refunds return', 'id')
    .option('--date <column>', 'column of the dates; lines of other months are left out', 'date')
    .option('--amount <column>', 'column of the amounts, negative for money that went out', 'amount')
    .option('--fee <column>', 'column of the fees, if there is one', 'fee')
    .option('--currency <column>', 'column of the currencies; without it, the platform’s', 'currency')
    .action(async (file: string, options: TieOutOptions) => {
      const { tieOut } = await import('./tie-out.command.js');
      await tieOut(file, options);
    });
}

function addClose(program: Command): void {
  program
    .command('close')
    .description('close a month for all partners: what they get is stated then and never changes')
    .argument('<month>', 'the month after the last closed one, like 2026-01', month)
    .option('--preview', 'only show what would be stated', false)
    .option('--time-zone <name>', 'IANA time zone, for the first closing; default: the variable timeZone')
    .option(
      '--settled-elsewhere',
      'what partners have before the first closed month is settled elsewhere',
      false,
    )
    .action(async (closed: string, options: CloseOptions) => {
      const { closeMonth } = await import('./close.command.js');
      await closeMonth(closed, options);
    });
}

function addStatements(program: Command): void {
  program
    .command('statements')
    .description('print statements of closed months as a table, the latest first')
    .option('--partner <id>', 'only of this partner', platformId)
    .option('--month <month>', 'only of this month', month)
    .option(
      '--rows <count>',
      `rows, up to ${REPORT_ROWS_MAX}`,
      countUpTo(REPORT_ROWS_MAX),
      REPORT_ROWS_DEFAULT,
    )
    .action(async (options: StatementsOptions) => {
      const { listStatements } = await import('./statements.command.js');
      await listStatements(options);
    });
  program
    .command('payouts')
    .description('print what to pay for a closed month as a table, or write it to a CSV file')
    .argument('<month>', 'a closed month, like 2026-01', month)
    .option('--csv <file>', 'write it to this file instead')
    .action(async (paid: string, options: { csv?: string }) => {
      const { listPayouts } = await import('./statements.command.js');
      await listPayouts(paid, options);
    });
}

function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'recompute all figures, compare them with the stored ones and check all invariants; exit code 1 if they differ',
    )
    .option('--head <digest>', 'the digest of the last closing, kept outside of the database', digest)
    .action(async (options: { head?: string }) => {
      const { verify } = await import('./verify.command.js');
      await verify(options);
    });
}

function addRebuild(program: Command): void {
  program
    .command('rebuild')
    .description(
      'recompute lots, allocations, debts, balances and revenue from the ledger; the service can keep running',
    )
    .option('--workers <count>', 'number of processors to use; default: half of all', countUpTo(WORKERS_MAX))
    .action(async (options: { workers?: number }) => {
      const { rebuild } = await import('./rebuild.command.js');
      await rebuild(options);
    });
}

function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write all data of the database, as of now, to a file; the service can keep running')
    .argument('<file>', 'a new file (.gz), readable only by its owner; - for standard output')
    .action(async (file: string) => {
      const { backUp } = await import('./backup.command.js');
      await backUp(file);
    });
}

function addRestore(program: Command): void {
  program
    .command('restore')
    .description('restore a backup into an empty DATA_DIR or an empty database; the service must be stopped')
    .argument('<file>', 'file of the command backup; - for standard input')
    .action(async (file: string) => {
      const { restore } = await import('./restore.command.js');
      await restore(file);
    });
}

function addUser(program: Command): void {
  const user = program.command('user').description('users who sign in to this service');
  user
    .command('create')
    .description('record a user who signs in here, or set a new password of a known user')
    .argument('<id>', 'the user’s id on the platform', platformId)
    .requiredOption('--email <address>', 'e-mail address for signing in')
    .option('--name <name>', 'name of the user')
    .option('--role <role>', 'user, partner, finance, admin or platform; can be repeated', collectRole, [])
    .option('--password <password>', '12 to 128 characters; default: a random one, which is printed')
    .action(async (id: string, options: UserOptions) => {
      const { createUser } = await import('./user.command.js');
      await createUser(id, options);
    });
}

function addToken(program: Command): void {
  program
    .command('token')
    .description('print an access token, signed with this service’s secret')
    .argument('<id>', 'subject of the token: a user’s id, or the name of a back end', platformId)
    .option('--role <role>', `one of ${ROLES.join(', ')}; can be repeated`, collectRole, [])
    .option(
      '--partner <id>',
      'partner whose modules the subject owns, if it is not the subject itself',
      platformId,
    )
    .option('--ttl <time>', 'lifetime, like 30m, 12h or 90d', duration_seconds, TOKEN_SECONDS_DEFAULT)
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
