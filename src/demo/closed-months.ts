import { Readable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Writes } from '../audit/index.js';
import { ImportService } from '../credits/index.js';
import { formatInstant, monthAfter, parseInstant, type Instant } from '../domain/index.js';
import { Closings, Payments, Statements, type Statement } from '../statements/index.js';
import { VariableSettingsService } from '../variables/index.js';
import { SHOWN_PARTNER_ID, type ImportRecord } from './platform/index.js';

/** Months that stay open: the one that runs, and the one before. */
const OPEN_MONTHS = 2;
const MINIMUM_PAYOUT = '5';
const PAYMENT_IN_PART = 'transfer_in_part';
/** In millionths. */
const PART = 1_000_000n;
const EVERYBODY = { kind: 'everybody' } as const;
const OPERATOR = { id: 'demo', roles: new Set(['finance'] as const) };

/** A deployment of the shown partner, paid with purchased credits. */
interface Example {
  readonly id: string;
  readonly userId: string;
  readonly moduleId: string;
  readonly createdAt: string;
}

/**
 * Closes all months of the demo but the last two, with what makes statements interesting: a refund, a late award and a
 * debt that is settled after the closing of its month; a minimum; one month that is paid, and one in part. After a start
 * that was killed meanwhile, it does the rest.
 */
export async function closeMonths(app: INestApplicationContext): Promise<void> {
  if (await isPaidInPart(app)) return; // the last step
  const months = await monthsToClose(app);
  const [before, last] = [months.at(-2), months.at(-1)];
  if (before === undefined || last === undefined) return;
  await setMinimum(app);
  const example = await exampleOf(app, before);
  await record(app, [
    { type: 'user', id: 'cus_late_payer', roles: ['user'] },
    { ...deployment(example), id: 'dep_on_credit', userId: 'cus_late_payer' },
  ]);
  const closings = app.get(Closings, { strict: false });
  for (const month of months.slice(0, -1)) await closings.close({ month });
  await record(app, lateEntries(example, `${last}-10T09:00:00Z`));
  await closings.close({ month: last });
  await pay(app, months[0] as string);
  await payInPart(app, before);
}

/** The newest statements of the shown partner. */
export async function shownStatements(app: INestApplicationContext, limit: number): Promise<Statement[]> {
  const { data } = await app
    .get(Statements, { strict: false })
    .list({ partnerId: SHOWN_PARTNER_ID }, { limit }, EVERYBODY);
  return data;
}

async function isPaidInPart(app: INestApplicationContext): Promise<boolean> {
  const rows = await app
    .get<DataSource>(getDataSourceToken())
    .query<unknown[]>('SELECT 1 FROM payments WHERE external_id = $1', [PAYMENT_IN_PART]);
  return rows.length > 0;
}

async function monthsToClose(app: INestApplicationContext): Promise<string[]> {
  const [row] = await app.get<DataSource>(getDataSourceToken()).query<{ first: string; last: string }[]>(
    `SELECT to_char(min(deployed_at) AT TIME ZONE 'UTC', 'YYYY-MM') AS first,
            to_char(max(deployed_at) AT TIME ZONE 'UTC', 'YYYY-MM') AS last
       FROM deployment_revenue WHERE has_partner AND generating`,
  );
  if (row === undefined) return [];
  const months: string[] = [];
  for (let month = row.first; month <= row.last; month = monthAfter(month)) months.push(month);
  return months.slice(0, -OPEN_MONTHS);
}

async function setMinimum(app: INestApplicationContext): Promise<void> {
  const settings = app.get(VariableSettingsService, { strict: false });
  const setting = await settings.judge('minimumPayout', MINIMUM_PAYOUT);
  await app
    .get<DataSource>(getDataSourceToken())
    .transaction((manager) => settings.set(setting, undefined, OPERATOR.id, manager));
}

async function exampleOf(app: INestApplicationContext, month: string): Promise<Example> {
  const [row] = await app.get<DataSource>(getDataSourceToken()).query<Example[]>(
    `SELECT deployment_id AS id, user_id AS "userId", module_id AS "moduleId",
            to_char(deployed_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "createdAt"
       FROM deployment_revenue
      WHERE partner_id = $1 AND generating AND to_char(deployed_at AT TIME ZONE 'UTC', 'YYYY-MM') = $2
      ORDER BY gross_revenue DESC, deployment_id LIMIT 1`,
    [SHOWN_PARTNER_ID, month],
  );
  if (row === undefined) throw new Error(`The shown partner has no revenue in ${month}.`);
  return row;
}

function deployment({ moduleId, createdAt }: Example): ImportRecord {
  return { type: 'deployment', moduleId, createdAt, creditCost: '12' };
}

function lateEntries({ id, userId, createdAt }: Example, occurredAt: string): ImportRecord[] {
  const justBefore = formatInstant((parseInstant(createdAt) as Instant) - 1n);
  return [
    { type: 'award', externalId: 'late_gift', userId, credits: '2', occurredAt: justBefore },
    {
      type: 'purchase',
      externalId: 'late_payment',
      userId: 'cus_late_payer',
      credits: '20',
      amount: '6',
      occurredAt,
    },
    { type: 'refund', externalId: 'late_refund', deploymentId: id, credits: '1', occurredAt },
  ];
}

async function record(app: INestApplicationContext, records: readonly ImportRecord[]): Promise<void> {
  const lines = records.map((line) => `${JSON.stringify(line)}\n`).join('');
  const options = { atomic: true, update: false, importer: null };
  const { refusals } = await app.get(ImportService).import(Readable.from([Buffer.from(lines)]), options);
  if (refusals.length > 0)
    throw new Error(`The service refused lines of the demo: ${JSON.stringify(refusals)}`);
}

async function pay(app: INestApplicationContext, month: string): Promise<void> {
  const { data } = await app
    .get(Statements, { strict: false })
    .list({ month, status: 'open' }, { limit: 500 }, EVERYBODY);
  for (const statement of data) await payStatement(app, statement, null);
}

async function payInPart(app: INestApplicationContext, month: string): Promise<void> {
  const [statement] = (
    await app
      .get(Statements, { strict: false })
      .list({ month, status: 'open', partnerId: SHOWN_PARTNER_ID }, { limit: 1 }, EVERYBODY)
  ).data;
  if (statement !== undefined) await payStatement(app, statement, PART, PAYMENT_IN_PART);
}

async function payStatement(
  app: INestApplicationContext,
  { id, partnerId }: Statement,
  amount: bigint | null,
  externalId = `transfer_${id}`,
): Promise<void> {
  const write = {
    caller: OPERATOR,
    action: 'statements.pay',
    targetType: 'payment',
    requestId: 'demo',
    idempotencyKey: null,
  };
  const order = {
    externalId,
    amount,
    reverses: null,
    reference: null,
    paidAt: BigInt(Date.now()) * 1_000n,
  };
  await app.get(Writes).run(write, async (manager) => {
    const { payment } = await app.get(Payments, { strict: false }).record(id, order, OPERATOR, manager);
    const details = { statement: id, amount: payment.amount };
    return {
      status: 201,
      body: payment,
      outcome: 'done',
      targetId: payment.externalId,
      details,
      personId: partnerId,
    };
  });
}
