import type { EntityManager } from 'typeorm';
import type { Role } from '../../auth/index.js';
import type { StoredUser } from '../user-record.js';

/** A user's row, with the hash of a new password. */
export interface UserRow {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
  /** Null keeps the stored hash. */
  readonly passwordHash: string | null;
}

/** Each user's roles are sent as one text, because unnest would flatten a two-dimensional array. */
const INPUT = `
  SELECT id, email, name, string_to_array(roles, ',') AS roles, password_hash
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    AS input (id, email, name, roles, password_hash)`;

/**
 * Inserts the users whose ids are not stored yet.
 *
 * @returns the ids that are new
 * @throws QueryFailedError (23505, users_sign_in_email_key) if another user signs in with the same e-mail address
 */
export async function insertMissing(manager: EntityManager, rows: readonly UserRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  // In the order of the ids, so that two writers of the same users cannot deadlock.
  const inserted = await manager.query<{ id: string }[]>(
    `INSERT INTO users (id, email, name, roles, password_hash) ${INPUT} ORDER BY id COLLATE "C"
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    columnsOf(rows),
  );
  return new Set(inserted.map(({ id }) => id));
}

/** Reads the stored users and locks them against other writers until the transaction ends. */
export async function lockStored(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, StoredUser>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.query<StoredUser[]>(
    `SELECT id, email, name, roles, password_hash IS NOT NULL AS "signsIn", anonymised_at IS NOT NULL AS anonymised
     FROM users WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Updates stored users. Throws the same error as `insertMissing`. */
export async function updateAll(manager: EntityManager, rows: readonly UserRow[]): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `UPDATE users SET email = input.email, name = input.name, roles = input.roles,
       password_hash = coalesce(input.password_hash, users.password_hash), updated_at = clock_timestamp()
     FROM (${INPUT}) AS input WHERE users.id = input.id`,
    columnsOf(rows),
  );
}

function columnsOf(rows: readonly UserRow[]): unknown[] {
  return [
    rows.map((row) => row.id),
    rows.map((row) => row.email),
    rows.map((row) => row.name),
    rows.map((row) => row.roles.join(',')),
    rows.map((row) => row.passwordHash),
  ];
}
