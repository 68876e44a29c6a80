import type { EntityManager } from 'typeorm';
import type { Role } from '../../auth/index.js';
import type { HeldUser } from '../user-record.js';

/** A person with the hash of its password, ready to be written. */
export interface UserRow {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
  /** Null leaves a stored one as it is. */
  readonly passwordHash: string | null;
}

/** A two-dimensional array would be flattened by unnest, so each person's roles travel as one text. */
const INPUT = `
  SELECT id, email, name, string_to_array(roles, ',') AS roles, password_hash
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    AS input (id, email, name, roles, password_hash)`;

/**
 * Inserts those who are not there yet, by id.
 *
 * @returns the ids that are new
 * @throws QueryFailedError (23505, users_sign_in_email_key) when somebody else signs in with the same e-mail address
 */
export async function insertMissing(manager: EntityManager, rows: readonly UserRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  // In the order of the ids, so that two writers of the same people wait for each other and do not deadlock.
  const inserted = await manager.query<{ id: string }[]>(
    `INSERT INTO users (id, email, name, roles, password_hash) ${INPUT} ORDER BY id COLLATE "C"
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    columnsOf(rows),
  );
  return new Set(inserted.map(({ id }) => id));
}

/** What is held of these people, locked against other writers until the transaction ends. */
export async function lockHeld(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, HeldUser>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.query<HeldUser[]>(
    `SELECT id, email, name, roles, password_hash IS NOT NULL AS "signsIn", anonymised_at IS NOT NULL AS anonymised
     FROM users WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes these people over what is stored of them. Throws as `insertMissing` does. */
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
