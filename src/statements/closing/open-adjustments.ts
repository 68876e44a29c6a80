import type { EntityManager } from 'typeorm';
import {
  adjustmentOf,
  grossChanges,
  microsFromNumeric,
  parseInstant,
  revenueOf,
  type Adjustment,
  type Instant,
  type Micros,
  type Revenue,
  type RevenueShare,
} from '../../domain/index.js';
import { readRecordedEntries, type RecordedEntryRow } from '../../credits/index.js';
import { connectionOf, instantFromPostgres } from '../../platform/database/index.js';
import type { ClosingMonth } from './closing-month.js';
import type { Shares } from './terms.js';

/** A deployment of a closed month whose gross is no longer what was stated. */
export interface ChangedDeployment {
  readonly userId: string;
  readonly deploymentId: string;
  readonly moduleId: string;
  readonly moduleName: string;
  readonly partnerId: string;
  readonly createdAt: Instant;
  readonly statedGross: Micros;
  readonly grossNow: Micros;
  /** The number of the partner's statement of that month; null if the partner has none. */
  readonly correctsNo: string | null;
  readonly correctsId: string | null;
}

/** An adjustment line that the next closing writes. */
export interface OpenAdjustment extends ChangedDeployment, Adjustment<RecordedEntryRow> {
  readonly share: RevenueShare;
  readonly revenueDifference: Revenue;
}

/** Which changed deployments to read. */
export interface ChangeFilter {
  readonly partnerId?: string;
  /** The closed month in which they were created. */
  readonly month?: string;
}

/** Users whose histories are in memory at a time. */
const USERS_PER_BATCH = 200;

type Closed = Pick<ClosingMonth, 'previous' | 'firstStart'>;

/**
 * Reads the changed deployments of closed months: those marked since the last closing, whose gross differs from what the
 * last line about them states. Sorted by user.
 */
export async function readChanged(
  { previous, firstStart }: Closed,
  manager: EntityManager,
  { partnerId, month }: ChangeFilter = {},
): Promise<ChangedDeployment[]> {
  if (previous === null) return [];
  const rows = await manager.query<Record<keyof ChangedDeployment, string>[]>(CHANGED, [
    previous.run,
    firstStart,
    previous.endsAt,
    partnerId ?? null,
    month ?? null,
  ]);
  return rows.map(({ createdAt, statedGross, grossNow, ...row }) => ({
    ...row,
    createdAt: parseInstant(instantFromPostgres(createdAt)) as Instant,
    statedGross: microsFromNumeric(statedGross),
    grossNow: microsFromNumeric(grossNow),
  }));
}

/** The marks are materialised, so that PostgreSQL begins with them and finds all else by key. */
const CHANGED = `
  WITH marked AS MATERIALIZED (
    SELECT DISTINCT user_id, deployment_id FROM statement_marks
     WHERE run >= $1 AND created_at >= $2::timestamptz AND created_at < $3::timestamptz)
  SELECT revenue.user_id AS "userId", revenue.deployment_id AS "deploymentId", revenue.module_id AS "moduleId",
         module.name AS "moduleName", revenue.partner_id AS "partnerId", revenue.deployed_at AS "createdAt",
         coalesce(stated.gross_revenue, 0)::text AS "statedGross", revenue.gross_revenue::text AS "grossNow",
         corrected.no AS "correctsNo", corrected.id AS "correctsId"
    FROM marked
      JOIN deployment_revenue AS revenue USING (user_id, deployment_id)
      JOIN modules AS module ON module.id = revenue.module_id
      JOIN closings AS closing ON closing.starts_at <= revenue.deployed_at AND revenue.deployed_at < closing.ends_at
      LEFT JOIN LATERAL (
        SELECT line.gross_revenue FROM statement_lines AS line
         WHERE line.created_at = revenue.deployed_at AND line.deployment_id = revenue.deployment_id
         ORDER BY line.statement_no DESC LIMIT 1) AS stated ON true
      LEFT JOIN statements AS corrected
        ON corrected.partner_id = revenue.partner_id AND corrected.month = closing.month
   WHERE revenue.partner_id IS NOT NULL AND revenue.gross_revenue <> coalesce(stated.gross_revenue, 0)
     AND ($4::text IS NULL OR revenue.partner_id = $4) AND ($5::text IS NULL OR closing.month = $5)
   ORDER BY revenue.user_id, revenue.deployed_at, revenue.deployment_id`;

/** Explains changed deployments by the entries recorded since the last closing, some users at a time. */
export async function* explainChanged(
  changed: readonly ChangedDeployment[],
  { previous }: Closed,
  shares: Shares,
  manager: EntityManager,
): AsyncGenerator<OpenAdjustment[]> {
  const byUser = groupedByUser(changed);
  const userIds = [...byUser.keys()];
  const closingSequence = BigInt(previous?.sequence ?? 0);
  const client = await connectionOf(manager);
  for (let from = 0; from < userIds.length; from += USERS_PER_BATCH) {
    const batch = userIds.slice(from, from + USERS_PER_BATCH);
    const histories = await readRecordedEntries(client, batch);
    yield batch.flatMap((userId) =>
      adjustmentsOf(byUser.get(userId) ?? [], histories.get(userId) ?? [], closingSequence, shares),
    );
  }
}

function groupedByUser(changed: readonly ChangedDeployment[]): Map<string, ChangedDeployment[]> {
  const byUser = new Map<string, ChangedDeployment[]>();
  for (const deployment of changed) {
    const ofUser = byUser.get(deployment.userId);
    if (ofUser === undefined) byUser.set(deployment.userId, [deployment]);
    else ofUser.push(deployment);
  }
  return byUser;
}

function adjustmentsOf(
  changed: readonly ChangedDeployment[],
  history: readonly RecordedEntryRow[],
  closingSequence: bigint,
  shares: Shares,
): OpenAdjustment[] {
  const ids = changed.map(({ deploymentId }) => deploymentId);
  const changes = grossChanges(history, closingSequence, ids);
  return changed.flatMap((deployment) => {
    const { deploymentId, statedGross, grossNow, createdAt } = deployment;
    const adjustment = adjustmentOf(statedGross, grossNow, changes.get(deploymentId) ?? { parts: [] });
    if (adjustment === null) return [];
    const share = shares.at(createdAt);
    return [
      { ...deployment, ...adjustment, share, revenueDifference: revenueOf(adjustment.difference, share) },
    ];
  });
}
