import type { EntityManager } from 'typeorm';
import { formatDecimal, microsFromNumeric } from '../../domain/index.js';
import type { StoredModule } from '../module-record.js';

const COLUMNS = 'id, name, partner_id, credit_cost, requires_purchased_credits, archived';
const INPUT = `
  SELECT ${COLUMNS}
  FROM unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::boolean[], $6::boolean[])
    AS input (${COLUMNS})`;

/**
 * Inserts the modules whose ids are not stored yet.
 *
 * @returns the ids that are new
 */
export async function insertMissing(
  manager: EntityManager,
  modules: readonly StoredModule[],
): Promise<Set<string>> {
  if (modules.length === 0) return new Set();
  // In the order of the ids, so that two writers of the same modules cannot deadlock.
  const inserted = await manager.query<{ id: string }[]>(
    `INSERT INTO modules (${COLUMNS}) ${INPUT} ORDER BY id COLLATE "C" ON CONFLICT (id) DO NOTHING RETURNING id`,
    columnsOf(modules),
  );
  return new Set(inserted.map(({ id }) => id));
}

/** Reads the stored modules and locks them against other writers until the transaction ends. */
export async function lockStored(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, StoredModule>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.query<(Omit<StoredModule, 'creditCost'> & { creditCost: string })[]>(
    `SELECT id, name, partner_id AS "partnerId", credit_cost AS "creditCost",
       requires_purchased_credits AS "requiresPurchasedCredits", archived
     FROM modules WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { ...row, creditCost: microsFromNumeric(row.creditCost) }]));
}

/**
 * Updates stored modules.
 *
 * @throws QueryFailedError (23514, modules_partner_is_frozen) if the partner of a module with deployments would change
 */
export async function updateAll(manager: EntityManager, modules: readonly StoredModule[]): Promise<void> {
  if (modules.length === 0) return;
  await manager.query(
    `UPDATE modules SET name = input.name, partner_id = input.partner_id, credit_cost = input.credit_cost,
       requires_purchased_credits = input.requires_purchased_credits, archived = input.archived,
       updated_at = clock_timestamp()
     FROM (${INPUT}) AS input WHERE modules.id = input.id`,
    columnsOf(modules),
  );
}

function columnsOf(modules: readonly StoredModule[]): unknown[] {
  return [
    modules.map((module) => module.id),
    modules.map((module) => module.name),
    modules.map((module) => module.partnerId),
    modules.map((module) => formatDecimal(module.creditCost)),
    modules.map((module) => module.requiresPurchasedCredits),
    modules.map((module) => module.archived),
  ];
}
