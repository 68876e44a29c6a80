import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { isPlatformId, isMonth, type StatementStatus } from '../../domain/index.js';
import { copyTexts, ReportSnapshots, Snapshots } from '../../platform/database/index.js';
import { decodeCursor, pageOf, type Page } from '../../platform/paging/index.js';
import type { Viewer } from '../../revenue/index.js';
import { TimeZones, VariablesService } from '../../variables/index.js';
import { causeMonths } from '../closing/cause-months.js';
import { explainChanged, readChanged, type ChangeFilter } from '../closing/open-adjustments.js';
import { readStanding, type Standing } from '../closing/terms.js';
import type { AdjustmentLine } from '../lines/line.js';
import { lineSql, type CauseForm } from '../lines/line-sql.js';
import { allLinesQuery, readLines, type LineKind, type LinesPage } from '../lines/lines-query.js';
import { readModuleSums, type ModuleSum } from '../lines/module-sums.js';
import { headerLine } from '../lines/statement-header.js';
import { findStatement, visiblePartner } from './find-statement.js';
import { openLine } from './open-line.js';
import {
  headerOf,
  publicStatement,
  STATEMENTS_SQL,
  STATUS_SQL,
  type Statement,
  type StoredStatement,
} from './statement.js';

/** Which statements to list. */
export interface StatementsFilter {
  readonly month?: string;
  readonly partnerId?: string;
  readonly status?: StatementStatus;
}

/** A written adjustment line, and the statement that has it. */
type SettledLine = AdjustmentLine & { readonly statementId: string };

/** What changed in a statement's month since its closing. */
export interface StatementChanges {
  readonly settled: SettledLine[];
  readonly open: AdjustmentLine[];
}

/** Reads statements. A partner sees its own only. */
@Injectable()
export class Statements {
  private readonly sources: { readonly variables: VariablesService; readonly zones: TimeZones };

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly snapshots: Snapshots,
    private readonly reports: ReportSnapshots,
    variables: VariablesService,
    zones: TimeZones,
  ) {
    this.sources = { variables, zones };
  }

  /** Lists statements: the latest month first, in a month by partner. @throws Problem 404 for an unknown partner */
  async list(
    { month, partnerId, status }: StatementsFilter,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
    viewer: Viewer,
  ): Promise<Page<Statement>> {
    const { manager } = this.dataSource;
    const partner = await visiblePartner(partnerId, viewer, manager);
    const list = ['statements', month, partner, status];
    const after = cursor === undefined ? [null, null] : decodeCursor(cursor, list, isPosition);
    const rows = await manager.query<StoredStatement[]>(
      `${STATEMENTS_SQL}
        WHERE ($1::text IS NULL OR statement.month = $1) AND ($2::text IS NULL OR statement.partner_id = $2)
          AND ($3::text IS NULL OR ${STATUS_SQL} = $3)
          AND ($4::text IS NULL OR statement.month < $4 OR (statement.month = $4 AND statement.partner_id > $5))
        ORDER BY statement.month DESC, statement.partner_id LIMIT $6`,
      [month ?? null, partner, status ?? null, ...after, limit + 1],
    );
    const { data, page } = pageOf(rows, limit, list, (row) => [row.month, row.partnerId]);
    return { data: data.map(publicStatement), page };
  }

  /** @throws Problem STATEMENTS.NOT_FOUND, also for statements of others */
  async get(id: string, viewer: Viewer): Promise<Statement> {
    return publicStatement(await findStatement(id, viewer, this.dataSource.manager));
  }

  /** A statement's lines, added up by module. @throws Problem STATEMENTS.NOT_FOUND */
  async modules(id: string, viewer: Viewer): Promise<ModuleSum[]> {
    return this.reports.read(async ({ manager }) => {
      const { no } = await findStatement(id, viewer, manager);
      return readModuleSums(no, manager);
    });
  }

  /** A page of a statement's lines, in the order of its digest. @throws Problem STATEMENTS.NOT_FOUND, 400 */
  async lines(
    id: string,
    { kind, ...page }: { readonly kind?: LineKind; readonly limit: number; readonly cursor?: string },
    viewer: Viewer,
  ): Promise<LinesPage> {
    return this.reports.read(async ({ client, manager }) => {
      const { no } = await findStatement(id, viewer, manager);
      return readLines(client, { no, kind, form: formFor(viewer) }, page);
    });
  }

  /**
   * Reads the bytes of a statement's digest: its header, then its lines in the partner's form, each with a line end.
   *
   * @param deliver called when the first bytes are ready
   */
  async digestBytes(
    id: string,
    viewer: Viewer,
    deliver: (bytes: AsyncIterable<string | Buffer>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.reports.readAtLength(async ({ client, manager }, handOver) => {
      const statement = await findStatement(id, viewer, manager);
      handOver();
      await deliver(bytesOf(statement, client));
    }, signal);
  }

  /** Reads all lines as JSON texts, each with a line end. @param deliver as for digestBytes */
  async allLines(
    id: string,
    kind: LineKind | undefined,
    viewer: Viewer,
    deliver: (lines: AsyncIterable<Buffer>) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.reports.readAtLength(async ({ client, manager }, handOver) => {
      const { no } = await findStatement(id, viewer, manager);
      handOver();
      await deliver(copyTexts(client, allLinesQuery({ no, kind, form: formFor(viewer) })));
    }, signal);
  }

  /** What changed of the deployments of a statement's month since its closing. @throws Problem STATEMENTS.NOT_FOUND */
  async changes(id: string, viewer: Viewer): Promise<StatementChanges> {
    return this.snapshots.read(async ({ manager }) => {
      const { partnerId, month } = await findStatement(id, viewer, manager);
      const settled = await manager.query<{ statementId: string; line: string }[]>(
        `SELECT statement.id AS "statementId", ${lineSql('line', formFor(viewer))} AS line
           FROM closings AS closing
             JOIN statements AS statement ON statement.partner_id = $1
             JOIN statement_lines AS line ON line.statement_no = statement.no AND line.is_adjustment
              AND line.created_at >= closing.starts_at AND line.created_at < closing.ends_at
          WHERE closing.month = $2
          ORDER BY line.statement_no, line.created_at, line.deployment_id`,
        [partnerId, month],
      );
      return {
        settled: settled.map(({ statementId, line }) => ({
          ...(JSON.parse(line) as AdjustmentLine),
          statementId,
        })),
        open: await this.openLines({ partnerId, month }, viewer, manager),
      };
    });
  }

  /** The adjustment lines that the next closing would write, in the order of a statement. */
  async openLines(filter: ChangeFilter, viewer: Viewer, manager: EntityManager): Promise<AdjustmentLine[]> {
    const standing: Standing | null = await readStanding(this.sources.variables, manager);
    if (standing === null) return [];
    const changed = await readChanged(standing, manager, filter);
    const lines: AdjustmentLine[] = [];
    for await (const adjustments of explainChanged(changed, standing, standing.shares, manager)) {
      const months = await causeMonths(adjustments, standing.timeZone, manager);
      lines.push(...adjustments.map((open) => openLine(open, months, formFor(viewer))));
    }
    return lines.sort(byTime);
  }
}

/** Partners see no entries of customers. */
function formFor(viewer: Viewer): CauseForm {
  return viewer.kind === 'partner' ? 'partner' : 'finance';
}

async function* bytesOf(statement: StoredStatement, client: PoolClient): AsyncGenerator<string | Buffer> {
  yield headerLine(headerOf(statement));
  yield* copyTexts(client, allLinesQuery({ no: statement.no, form: 'partner' }));
}

function byTime(left: AdjustmentLine, right: AdjustmentLine): number {
  const [one, other] = [`${left.createdAt} ${left.deploymentId}`, `${right.createdAt} ${right.deploymentId}`];
  return one < other ? -1 : 1;
}

function isPosition(position: readonly string[]): boolean {
  const [month = '', partnerId = ''] = position;
  return position.length === 2 && isMonth(month) && isPlatformId(partnerId);
}
