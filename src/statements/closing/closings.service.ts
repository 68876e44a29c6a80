import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { instantFromPostgres, Snapshots, withoutTimeLimits } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import { partnersGrossBefore } from '../../revenue/index.js';
import { CLOSING_LOCK, TimeZones, VariablesService } from '../../variables/index.js';
import { STATEMENTS_PROBLEMS } from '../statements.problems.js';
import { beginRun } from './begin-run.js';
import { publicClosing, readClosing, readClosings, type Closing, type SettledElsewhere } from './closing.js';
import { assertOver, assertZone, type ClosingRequest } from './closing-month.js';
import { draftMonth } from './drafts.js';
import { readTerms, type ClosingTerms } from './terms.js';
import { writeClosing, type ClosingProgress } from './write-closing.js';

/** A request to close a month. */
export interface CloseRequest extends ClosingRequest {
  /** What partners have before the first closed month is settled elsewhere. */
  readonly settledElsewhere?: boolean;
}

/** A closed month, and whether this request closed it. */
export interface ClosedMonth {
  readonly closing: Closing;
  readonly isNew: boolean;
}

/** What accompanies a closing. */
export interface ClosingCompany {
  readonly onProgress?: ClosingProgress;
  /** Called in the transaction of the closing, before it is committed; not for a month that was closed before. */
  readonly record?: (closing: Closing, manager: EntityManager) => Promise<void>;
}

/** Closes months, for all partners at once. */
@Injectable()
export class Closings {
  private readonly sources: { readonly variables: VariablesService; readonly zones: TimeZones };

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly snapshots: Snapshots,
    variables: VariablesService,
    zones: TimeZones,
  ) {
    this.sources = { variables, zones };
  }

  /** All closed months, the first one first. */
  async list(): Promise<Closing[]> {
    return (await readClosings(this.dataSource.manager)).map(publicClosing);
  }

  /** @throws Problem STATEMENTS.CLOSING_NOT_FOUND */
  async get(month: string): Promise<Closing> {
    const closing = await readClosing(month, this.dataSource.manager);
    if (closing === null) throw new Problem(STATEMENTS_PROBLEMS.CLOSING_NOT_FOUND, `${month} is not closed.`);
    return publicClosing(closing);
  }

  /**
   * Closes a month. Two requests at once give one closing; a closed month is answered as it is. A closing that breaks off
   * leaves only the row of its run.
   *
   * @throws Problem STATEMENTS.OUT_OF_ORDER, MONTH_NOT_OVER, ZONE_FIXED, UNKNOWN_ZONE, EARLIER_REVENUE
   */
  async close(request: CloseRequest, company: ClosingCompany = {}): Promise<ClosedMonth> {
    const closed = await withoutTimeLimits(this.dataSource, async (runner, client) => {
      await client.query(`SET lock_timeout = 0; SELECT pg_advisory_lock(${CLOSING_LOCK})`);
      try {
        return await this.closeLocked(request, runner, client, company);
      } catch (error) {
        // An error would end the connection, but a refusal leaves it as it was.
        if (!(error instanceof Problem)) throw error;
        await client.query('ROLLBACK');
        return error;
      } finally {
        await client.query(`SELECT pg_advisory_unlock(${CLOSING_LOCK})`).catch(() => {}); // it ends with the session
      }
    });
    if (closed instanceof Problem) throw closed;
    return closed;
  }

  private async closeLocked(
    request: CloseRequest,
    { manager }: QueryRunner,
    client: PoolClient,
    { onProgress = () => {}, record }: ClosingCompany,
  ): Promise<ClosedMonth> {
    const known = await readClosing(request.month, manager);
    if (known !== null) {
      assertZone(request.timeZone, known);
      return { closing: publicClosing(known), isNew: false };
    }
    // Refused here, so that nothing is left of a request that cannot be.
    const month = await this.assertedTerms(request, client, manager);
    const run = await beginRun(this.dataSource, month, async () => {
      await client.query('ROLLBACK'); // of an attempt before
      await this.snapshots.beginWriting(client);
    });
    const terms = await this.assertedTerms(request, client, manager);
    const settled = await settledBefore(terms, client);
    await writeClosing(await draftMonth(terms, manager), terms, { run, settled }, manager, onProgress);
    const stored = await readClosing(request.month, manager);
    if (stored === null) throw new Error(`The closing of ${request.month} vanished.`);
    const closing = publicClosing(stored);
    await record?.(closing, manager);
    await client.query('COMMIT');
    return { closing, isNew: true };
  }

  private async assertedTerms(
    request: CloseRequest,
    client: PoolClient,
    manager: EntityManager,
  ): Promise<ClosingTerms> {
    const terms = await readTerms(request, this.sources, manager);
    await assertOver(terms, manager);
    if (terms.previous !== null || request.settledElsewhere === true) return terms;
    const { deployments, grossRevenue } = await settledBefore(terms, client);
    if (deployments === 0) return terms;
    throw new Problem(
      STATEMENTS_PROBLEMS.EARLIER_REVENUE,
      `Partners' modules have ${deployments} deployments with gross revenue ${grossRevenue} before ${request.month}. Begin with an earlier month, or send settledElsewhere: true if they are settled elsewhere.`,
      { extra: { deployments: String(deployments), grossRevenue } },
    );
  }
}

function settledBefore({ firstStart }: ClosingTerms, client: PoolClient): Promise<SettledElsewhere> {
  return partnersGrossBefore(client, instantFromPostgres(firstStart));
}
