import type { INestApplicationContext } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { TokenService } from '../auth/index.js';
import { formatInstant, parseInstant, type Instant } from '../domain/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { withoutTimeLimits } from '../platform/database/index.js';
import { revenueTable, RevenueService, type RevenueReport } from '../revenue/index.js';
import { UsersService } from '../users/index.js';
import { moneyText } from '../variables/index.js';
import { statementsTable, type Statement } from '../statements/index.js';
import { closeMonths, shownStatements } from './closed-months.js';
import { guide } from './guide.js';
import { holdingOf, loadPlatform, refuseForeignData } from './load-platform.js';
import { DAY, midnightBefore, MODULES, PARTNERS, SHOWN_PARTNER_ID } from './platform/index.js';
import { scheduleShares } from './share-steps.js';
import { hasPasswords, passwordsOf, prepareSignIns } from './sign-ins.js';
import { trueRevenueSentence } from './true-revenue.js';

/** Number of rows to search for an example, and of rows and days to show. */
const ROWS_READ = 500;
const ROWS_SHOWN = 15;
const DAYS_SHOWN = 3n;
const STATEMENTS_SHOWN = 3;
const TOKEN_TTL_SECONDS = 86_400;
const LINE_WIDTH = 100;
/** Id of the advisory lock of the start that loads. The number is arbitrary but must differ from other locks. */
const DEMO_LOCK = 7_203_911;

/** The output of the welcome. */
export interface Terminal {
  write(text: string): unknown;
}

/**
 * Loads the demo platform if it is missing, and shows one partner's revenue on it.
 *
 * @param now the demo's year ends at the UTC midnight before
 * @returns a function that prints the rest; call it when the server listens at the given address
 * @throws StartupError if the database contains other data
 */
export async function welcome(
  app: INestApplicationContext,
  terminal: Terminal,
  now: Instant,
): Promise<(baseUrl: string) => void> {
  const { dataDirectory } = app.get<Config>(CONFIG);
  const passwords = await inTurn(app, async () => {
    const holding = await holdingOf(app, hasPasswords(dataDirectory));
    if (holding === 'something else') refuseForeignData(dataDirectory);
    const known = passwordsOf(dataDirectory);
    if (holding === 'nothing') await load(app, terminal, now);
    else terminal.write('\nThe demo platform is already loaded.\n');
    await closeMonths(app);
    return known;
  });
  const signIns = await prepareSignIns(app.get(UsersService), passwords);

  const reports = await readReports(app.get(RevenueService));
  terminal.write(reportText(reports, await app.get(RevenueService).sharesInWords(reports.latest)));
  terminal.write(statementsText(await shownStatements(app, STATEMENTS_SHOWN)));

  const tokens = app.get(TokenService);
  const subject = { sub: SHOWN_PARTNER_ID, roles: ['partner'] } as const;
  const partnerToken = tokens.canIssue ? tokens.issue(subject, TOKEN_TTL_SECONDS) : null;
  const since = reports.latest.filter.startDate;
  return (baseUrl) => void terminal.write(guide({ baseUrl, signIns, partnerToken, since }));
}

/** Runs work while no other start of the demo on this database does. */
function inTurn<T>(app: INestApplicationContext, work: () => Promise<T>): Promise<T> {
  return withoutTimeLimits(app.get<DataSource>(getDataSourceToken()), async (runner) => {
    await runner.query('SET lock_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [DEMO_LOCK]);
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [DEMO_LOCK]);
    }
  });
}

async function load(app: INestApplicationContext, terminal: Terminal, now: Instant): Promise<void> {
  terminal.write(
    `\nLoading the demo platform: ${MODULES.length} modules, ${PARTNERS.length} partners, a year of their customers.\n`,
  );
  const end = midnightBefore(now);
  await scheduleShares(app, end); // First, because the demo counts as loaded with its users.
  const { lines, seconds } = await loadPlatform(app, end);
  terminal.write(`${lines} lines imported in ${seconds.toFixed(1)} s.\n`);
}

/** The shown partner's revenue: the totals, and the last days. */
interface Reports {
  readonly all: RevenueReport;
  readonly latest: RevenueReport;
}

async function readReports(revenue: RevenueService): Promise<Reports> {
  const viewer = { kind: 'partner', partnerId: SHOWN_PARTNER_ID } as const;
  const request = { partnerId: [SHOWN_PARTNER_ID], limit: ROWS_READ };
  const all = await revenue.report(request, viewer);
  const lastDay = parseInstant(all.data[0]?.createdAt ?? all.snapshotAt) as Instant;
  const startDate = formatInstant(lastDay - (DAYS_SHOWN - 1n) * DAY).slice(0, 10);
  return { all, latest: await revenue.report({ ...request, startDate, timeZone: 'UTC' }, viewer) };
}

function reportText({ all, latest }: Reports, shares: string): string {
  const shown = latest.data.slice(0, ROWS_SHOWN);
  const { currency } = all;
  const sentence = trueRevenueSentence(shown, currency) ?? trueRevenueSentence(all.data, currency);
  const { deployments, grossRevenue, revenue } = all.totals;
  const money = (amount: string): string => moneyText(amount, currency);
  return [
    '',
    revenueTable({ ...latest, data: shown }, shares),
    `In all, ${deployments} deployments gave ${money(grossRevenue)} ${currency}; the partner's revenue is ${money(revenue)}.`,
    '',
    ...(sentence === null ? [] : [wrapped(sentence), '']),
  ].join('\n');
}

function statementsText(statements: readonly Statement[]): string {
  return statements.length === 0 ? '' : `\nThe partner's last statements:\n${statementsTable(statements)}\n`;
}

/** The text in lines of at most LINE_WIDTH characters. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > LINE_WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}
