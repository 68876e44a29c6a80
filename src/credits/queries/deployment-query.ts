import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { hasAnyRole, type Caller } from '../../auth/index.js';
import { formatDecimal, microsFromNumeric, type LotPool } from '../../domain/index.js';
import { instantFromPostgres } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';

/** An allocation of a deployment; decimals are text. */
interface PayingPart {
  readonly pool: LotPool;
  readonly lotId: string;
  readonly credits: string;
  readonly value: string;
}

/** A deployment with its allocations after refunds, in the order of payment; instants and decimals are text. */
export interface DeploymentFigures {
  readonly id: string;
  readonly userId: string;
  readonly moduleId: string;
  readonly createdAt: string;
  readonly creditCost: string;
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly pieces: PayingPart[];
}

const CREDITS = [
  'creditCost',
  'freeCredits',
  'purchasedCredits',
  'unpaidCredits',
  'refundedCredits',
] as const satisfies readonly (keyof DeploymentFigures)[];

/** Joins from the entry, because ids of deployments are unique there and the row's key begins with the user. */
const DEPLOYMENT = `
  SELECT entry.id, entry.user_id AS "userId", entry.module_id AS "moduleId", entry.occurred_at AS "createdAt",
         report.credit_cost AS "creditCost", report.free_credits AS "freeCredits",
         report.purchased_credits AS "purchasedCredits", report.unpaid_credits AS "unpaidCredits",
         report.refunded_credits AS "refundedCredits",
         COALESCE((
           SELECT json_agg(json_build_object(
             'pool', lot_pool, 'lotId', lot_id, 'credits', credits::text, 'value', value::text) ORDER BY position)
           FROM credit_allocations AS paid
           WHERE paid.user_id = entry.user_id AND paid.spend_type = 'deployment' AND paid.spend_id = entry.id
             AND paid.credits > 0), '[]'::json) AS pieces
  FROM credit_entries AS entry
    JOIN deployment_revenue AS report ON report.user_id = entry.user_id AND report.deployment_id = entry.id
  WHERE entry.type = 'deployment' AND entry.id = $1`;

/** Reads a deployment, for callers who can read it. */
@Injectable()
export class DeploymentQuery {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Reads a deployment for its own user, finance, admin and platform. Partners read deployments of their modules in the
   * report.
   *
   * @throws Problem 404, also for all other callers
   */
  async get(id: string, caller: Caller): Promise<DeploymentFigures> {
    const [row] = await this.dataSource.query<DeploymentFigures[]>(DEPLOYMENT, [id]);
    const mayKnow = row?.userId === caller.id || hasAnyRole(caller, 'finance', 'admin', 'platform');
    if (row === undefined || !mayKnow) {
      // The refusal is audited even if it does not exist, because auditing takes time that a caller could measure.
      throw new Problem(CREDITS_PROBLEMS.DEPLOYMENT_NOT_FOUND, `There is no deployment ${id}.`, {
        attemptOn: { type: 'deployment', id },
      });
    }
    const figures = Object.fromEntries(CREDITS.map((name) => [name, canonical(row[name])]));
    return {
      ...row,
      ...figures,
      createdAt: instantFromPostgres(row.createdAt),
      pieces: row.pieces.map(canonicalPart),
    };
  }
}

function canonicalPart({ credits, value, ...lot }: PayingPart): PayingPart {
  return { ...lot, credits: canonical(credits), value: canonical(value) };
}

function canonical(numeric: string): string {
  return formatDecimal(microsFromNumeric(numeric));
}
