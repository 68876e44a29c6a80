import { createHash, type Hash } from 'node:crypto';
import { escapeLiteral, type PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { formatDecimal, formatInstant, formatRevenue, formatRevenueShare } from '../../domain/index.js';
import { BinaryCopyReader, connectionOf, copyRows, type CopyRow } from '../../platform/database/index.js';
import { lineSql, revenueLineSql } from '../lines/line-sql.js';
import { causeMonths } from './cause-months.js';
import { statedDeployments } from './month-sums.js';
import type { OpenAdjustment } from './open-adjustments.js';
import type { ClosingTerms } from './terms.js';

/** The sorts of a closing stay in memory up to this size. */
const WORK_MEM = '128MB';

/** A statement whose lines are written. */
export interface NumberedStatement {
  readonly no: bigint;
  readonly partnerId: string;
  /** The first line of its digest, with the line end. */
  readonly headerLine: string;
}

/** Called with the number of lines written so far. */
export type LinesProgress = (lines: number) => void;

/**
 * Writes the lines of statements, and computes the statements' digests from the texts that PostgreSQL returns for the
 * rows that it wrote. Memory holds a hash for each statement, and no lines.
 */
export class LineWriter {
  private readonly hashes: Map<string, Hash>;
  private lines = 0;

  constructor(
    private readonly statements: readonly NumberedStatement[],
    private readonly terms: ClosingTerms,
    private readonly manager: EntityManager,
    private readonly onProgress: LinesProgress,
  ) {
    this.hashes = new Map(
      statements.map(({ no, headerLine }) => [String(no), createHash('sha256').update(headerLine)]),
    );
  }

  /** Writes the revenue lines of the month. Must come first: they are the first lines of a digest. */
  async writeRevenueLines(): Promise<void> {
    const client = await connectionOf(this.manager);
    await client.query(`SET LOCAL work_mem = '${WORK_MEM}'`);
    await this.hash(client, this.insertRevenueLines());
  }

  /** Writes adjustment lines with their causes; `hashAdjustments` must follow the last of them. */
  async writeAdjustments(adjustments: readonly OpenAdjustment[]): Promise<void> {
    const numbers = new Map(this.statements.map(({ no, partnerId }) => [partnerId, String(no)]));
    const noOf = ({ partnerId }: OpenAdjustment): string => numbers.get(partnerId) as string;
    await copyRows(
      this.manager,
      'statement_lines',
      ADJUSTMENT_COLUMNS,
      adjustments.map((line) => adjustmentRow(noOf(line), line)),
    );
    const months = await causeMonths(adjustments, this.terms.timeZone, this.manager);
    const causes = adjustments.flatMap((line) => causeRows(noOf(line), line, months));
    await copyRows(this.manager, 'statement_causes', CAUSE_COLUMNS, causes);
  }

  /** Adds all adjustment lines to the digests. */
  async hashAdjustments(): Promise<void> {
    const [first, last] = [this.statements[0]?.no ?? 0n, this.statements.at(-1)?.no ?? 0n];
    await this.hash(
      await connectionOf(this.manager),
      `SELECT line.statement_no::text, ${lineSql('line', 'partner')} || E'\\n' FROM statement_lines AS line
        WHERE line.statement_no BETWEEN ${first} AND ${last} AND line.is_adjustment
        ORDER BY line.statement_no, line.created_at, line.deployment_id`,
    );
  }

  /** The digests by number, after all lines. */
  digests(): Map<string, string> {
    return new Map([...this.hashes].map(([no, hash]) => [no, hash.digest('hex')]));
  }

  private insertRevenueLines(): string {
    const { terms, statements } = this;
    const array = (values: readonly string[]): string => escapeLiteral(`{${values.join(',')}}`);
    const partners = array(statements.map(({ partnerId }) => `"${partnerId}"`));
    const numbers = array(statements.map(({ no }) => String(no)));
    const edges = { from: escapeLiteral(terms.startsAt), to: escapeLiteral(terms.endsAt) };
    return `
      INSERT INTO statement_lines AS line (statement_no, is_adjustment, created_at, deployment_id, module_id, module_name,
        credit_cost, free_credits, purchased_credits, unpaid_credits, refunded_credits, gross_revenue, share, revenue)
      SELECT statement.no, false, revenue.deployed_at, revenue.deployment_id, revenue.module_id, module.name,
             revenue.credit_cost, revenue.free_credits, revenue.purchased_credits, revenue.unpaid_credits,
             revenue.refunded_credits, revenue.gross_revenue, share.percent, revenue.gross_revenue * share.percent * 0.01
        FROM deployment_revenue AS revenue
          JOIN unnest(${partners}::text[], ${numbers}::bigint[]) AS statement (partner_id, no)
            ON statement.partner_id = revenue.partner_id
          JOIN modules AS module ON module.id = revenue.module_id
          CROSS JOIN LATERAL (SELECT ${terms.shares.percentAt('revenue.deployed_at')} AS percent) AS share
       WHERE ${statedDeployments(edges)}
       ORDER BY statement.no, revenue.deployed_at, revenue.deployment_id
      RETURNING line.statement_no::text, ${revenueLineSql('line')} || E'\\n'`;
  }

  /** @param query two texts for each line: the number of its statement, and its canonical text with the line end */
  private async hash(client: PoolClient, query: string): Promise<void> {
    const reader = new BinaryCopyReader();
    let current = { no: Buffer.alloc(0), hash: createHash('sha256') };
    for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`))) {
      reader.push(chunk as Buffer);
      while (reader.next()) {
        if (!reader.holds(0, current.no)) {
          const no = reader.ascii(0) as string;
          current = { no: Buffer.from(no), hash: this.hashes.get(no) as Hash };
        }
        current.hash.update(reader.bytes(1));
        this.lines += 1;
      }
      this.onProgress(this.lines);
    }
  }
}

const ADJUSTMENT_COLUMNS = [
  'statement_no',
  'is_adjustment',
  'created_at',
  'deployment_id',
  'module_id',
  'module_name',
  'stated_gross',
  'gross_revenue',
  'share',
  'revenue',
  'corrects_no',
];

function adjustmentRow(no: string, line: OpenAdjustment): CopyRow {
  return [
    no,
    'true',
    formatInstant(line.createdAt),
    line.deploymentId,
    line.moduleId,
    line.moduleName,
    formatDecimal(line.statedGross),
    formatDecimal(line.grossNow),
    formatRevenueShare(line.share),
    formatRevenue(line.revenueDifference),
    line.correctsNo,
  ];
}

const CAUSE_COLUMNS = [
  'statement_no',
  'deployment_id',
  'position',
  'type',
  'entry_id',
  'occurred_at',
  'recorded_at',
  'month',
  'part',
];

function causeRows(no: string, line: OpenAdjustment, months: ReadonlyMap<string, string>): CopyRow[] {
  const key = (index: number): string[] => [no, line.deploymentId, String(index + 1)];
  const rows = line.parts.map(({ recorded: { entry, recordedAt }, part }, index): CopyRow => {
    const occurredAt = formatInstant(entry.occurredAt);
    const month = months.get(occurredAt) ?? null;
    return [
      ...key(index),
      entry.type,
      entry.id,
      occurredAt,
      formatInstant(recordedAt),
      month,
      formatDecimal(part),
    ];
  });
  if (line.correction === 0n) return rows;
  return [
    ...rows,
    [...key(rows.length), 'correction', null, null, null, null, formatDecimal(line.correction)],
  ];
}
