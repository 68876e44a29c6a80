import { createHash, type Hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { balanceOf, isOpeningStated, revenueFromNumeric, type Revenue } from '../../domain/index.js';
import { BinaryCopyReader } from '../../platform/database/index.js';
import type { StoredClosing } from '../closing/closing.js';
import { lineSql } from '../lines/line-sql.js';
import { headerLine, idOfStatement } from '../lines/statement-header.js';
import { headerOf, STATEMENTS_SQL, type StoredStatement } from '../queries/statement.js';

/** What the lines of a statement add up to. */
interface LineSums {
  readonly revenue: string;
  readonly adjustments: string;
  readonly deployments: string;
  readonly purchasedCredits: string;
  readonly grossRevenue: string;
  readonly lines: string;
}

type SummedStatement = StoredStatement &
  LineSums & {
    readonly statedDeployments: string;
    readonly statedPurchased: string;
    readonly statedGross: string;
  } & {
    readonly statedRevenue: string;
    readonly statedAdjustments: string;
  };

/** Checks each statement: its sums against its lines, what it carries on, its id, and its digest. */
export async function* statementViolations(
  closings: readonly StoredClosing[],
  client: PoolClient,
  manager: EntityManager,
): AsyncGenerator<string> {
  const carried = new Map<string, { readonly amount: Revenue; readonly minorUnit: number }>();
  for (const closing of closings) {
    const statements = await readSummed(closing.month, manager);
    const digests = await digestsOf(statements, client);
    const stated = new Set<string>();
    for (const statement of statements) {
      const { partnerId, currencyMinorUnit } = statement;
      yield* amountViolations(statement, carried.get(partnerId)?.amount ?? 0n, closing);
      if (digests.get(statement.no) !== statement.digest) {
        yield `statement ${statement.id}: its digest is not the one of its lines`;
      }
      carried.set(partnerId, { amount: revenueFromNumeric(statement.carried), minorUnit: currencyMinorUnit });
      stated.add(partnerId);
    }
    for (const [partnerId, { amount, minorUnit }] of carried) {
      if (stated.has(partnerId) || !isOpeningStated(amount, minorUnit)) continue;
      yield `closing of ${closing.month}: partner ${partnerId} has no statement, although its last one carried more than a smallest unit`;
    }
  }
}

function* amountViolations(
  statement: SummedStatement,
  opening: Revenue,
  { minimumPayout }: StoredClosing,
): Generator<string> {
  const name = `statement ${statement.id}`;
  const { partnerId, month, currencyMinorUnit } = statement;
  if (statement.id !== idOfStatement(partnerId, month))
    yield `${name}: its id is not that of its partner and month`;
  const [revenue, adjustments] = [statement.revenue, statement.adjustments].map(revenueFromNumeric) as [
    Revenue,
    Revenue,
  ];
  for (const [what, is, should] of [
    ['revenue', statement.statedRevenue, statement.revenue],
    ['adjustments', statement.statedAdjustments, statement.adjustments],
    ['deployments', statement.statedDeployments, statement.deployments],
    ['purchased credits', statement.statedPurchased, statement.purchasedCredits],
    ['gross revenue', statement.statedGross, statement.grossRevenue],
  ] as const) {
    if (is !== should) yield `${name}: ${what} is ${is}, but its lines add up to ${should}`;
  }
  if (revenueFromNumeric(statement.opening) !== opening) {
    yield `${name}: its opening is not what the statement before carried`;
  }
  const terms = { currencyMinorUnit, minimumPayout: revenueFromNumeric(minimumPayout) };
  const balance = balanceOf({ opening, revenue, adjustments }, terms);
  for (const what of ['due', 'payable', 'carried'] as const) {
    if (revenueFromNumeric(statement[what]) !== balance[what])
      yield `${name}: ${what} is wrong: ${statement[what]}`;
  }
  if (statement.lines === '0' && !isOpeningStated(opening, currencyMinorUnit)) {
    yield `${name}: it has no lines and nothing to carry`;
  }
}

async function readSummed(month: string, manager: EntityManager): Promise<SummedStatement[]> {
  return manager.query<SummedStatement[]>(
    `SELECT stated.*, stated.revenue AS "statedRevenue", stated.adjustments AS "statedAdjustments",
            row.deployments::text AS "statedDeployments", trim_scale(row.purchased_credits)::text AS "statedPurchased",
            trim_scale(row.gross_revenue)::text AS "statedGross",
            sums.revenue, sums.adjustments, sums.deployments, sums.purchased AS "purchasedCredits",
            sums.gross AS "grossRevenue", sums.lines
       FROM (${STATEMENTS_SQL} WHERE statement.month = $1) AS stated
         JOIN statements AS row ON row.no = stated.no
         CROSS JOIN LATERAL (
           SELECT trim_scale(coalesce(sum(revenue) FILTER (WHERE NOT is_adjustment), 0))::text AS revenue,
                  trim_scale(coalesce(sum(revenue) FILTER (WHERE is_adjustment), 0))::text AS adjustments,
                  (count(*) FILTER (WHERE NOT is_adjustment))::text AS deployments,
                  trim_scale(coalesce(sum(purchased_credits), 0))::text AS purchased,
                  trim_scale(coalesce(sum(gross_revenue) FILTER (WHERE NOT is_adjustment), 0))::text AS gross,
                  count(*)::text AS lines
             FROM statement_lines AS line WHERE line.statement_no = row.no) AS sums
      ORDER BY stated.no`,
    [month],
  );
}

/** The digests of statements, from their rows and lines. */
async function digestsOf(
  statements: readonly SummedStatement[],
  client: PoolClient,
): Promise<Map<string, string>> {
  const hashes = new Map<string, Hash>(
    statements.map((statement) => [
      statement.no,
      createHash('sha256').update(
        headerLine(
          headerOf({
            ...statement,
            revenue: statement.statedRevenue,
            adjustments: statement.statedAdjustments,
          }),
        ),
      ),
    ]),
  );
  if (statements.length > 0) {
    const reader = new BinaryCopyReader();
    const numbers = statements.map(({ no }) => no).join(', ');
    const query = `SELECT line.statement_no::text, ${lineSql('line', 'partner')} || E'\\n' FROM statement_lines AS line
      WHERE line.statement_no IN (${numbers})
      ORDER BY line.statement_no, line.is_adjustment, line.created_at, line.deployment_id`;
    for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`))) {
      reader.push(chunk as Buffer);
      while (reader.next()) hashes.get(reader.ascii(0) as string)?.update(reader.bytes(1));
    }
  }
  return new Map([...hashes].map(([no, hash]) => [no, hash.digest('hex')]));
}
