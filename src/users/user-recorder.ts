import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { violatedConstraint } from '../platform/database/index.js';
import { refused, winnersOf, type RecordOutcome } from '../platform/recording/index.js';
import { insertMissing, lockHeld, updateAll, type UserRow } from './persistence/user-rows.js';
import {
  changed,
  differencesOf,
  heldFrom,
  refusalOf,
  refusalToTouch,
  type HeldUser,
  type RolesGrantable,
  type UserChanges,
  type UserRecord,
} from './user-record.js';
import { USERS_PROBLEMS } from './users.problems.js';

/** What the writer may do. */
export interface UserRecording {
  readonly rolesGrantable: RolesGrantable;
  /** Whether other content for a known id changes the record; else it is refused. */
  readonly update: boolean;
}

/** What is held of the people of a batch as its records come by, and what is to be written of it at the end. */
interface Batch {
  readonly held: Map<string, HeldUser>;
  readonly writes: Map<string, UserRow>;
  readonly manager: EntityManager;
}

/** The one place where people are written down: for the routes, the import and the command line. */
@Injectable()
export class UserRecorder {
  /**
   * Records a batch, set-based: a constant number of statements, but for the rare changes of an e-mail address that
   * somebody signs in with. Ids may repeat: the first record of an id that is not refused by itself wins, and the same
   * again is known. Whatever is said about somebody anonymised is known, and changes nothing.
   *
   * @param records at most 5,000
   * @param manager of a transaction (READ COMMITTED)
   * @returns what became of each record, in their order
   * @throws QueryFailedError when a new record with a password has the e-mail address of another who signs in
   *         (`isEmailTaken`)
   */
  async recordMany(
    records: readonly UserRecord[],
    recording: UserRecording,
    manager: EntityManager,
  ): Promise<RecordOutcome[]> {
    const refusals = records.map((record) => refusalOf(record, recording.rolesGrantable));
    const winners = winnersOf(records, (index) => refusals[index] === null);
    const candidates = records.filter((record, index) => winners.get(record.id) === index);
    const added = await insertMissing(manager, candidates.map(newRow));
    const isNew = ({ id }: UserRecord) => added.has(id);
    const known = candidates.filter((record) => !isNew(record)).map(({ id }) => id);
    const batch: Batch = { held: await lockHeld(manager, known), writes: new Map(), manager };
    for (const record of candidates.filter(isNew)) batch.held.set(record.id, heldFrom(record));

    const outcomes: RecordOutcome[] = [];
    for (const [index, record] of records.entries()) {
      const isWinner = winners.get(record.id) === index;
      const terms = { ...recording, update: recording.update && isWinner };
      const outcome = isWinner && isNew(record) ? ({ outcome: 'added' } as const) : null;
      outcomes.push(refusals[index] ?? outcome ?? (await changeHeld(record, terms, batch)));
    }
    await updateAll(manager, [...batch.writes.values()]);
    return outcomes;
  }

  /**
   * Changes one person.
   *
   * @param manager of a transaction
   * @returns `changed`, `known` where there was nothing to change, or a refusal: `NOT_FOUND` and `ANONYMISED` too
   */
  async edit(
    id: string,
    changes: UserChanges,
    rolesGrantable: RolesGrantable,
    manager: EntityManager,
  ): Promise<RecordOutcome> {
    const batch: Batch = { held: await lockHeld(manager, [id]), writes: new Map(), manager };
    const held = batch.held.get(id);
    if (!held) return refused(USERS_PROBLEMS.NOT_FOUND, `There is no user ${id}.`);
    if (held.anonymised) return refused(USERS_PROBLEMS.ANONYMISED, anonymisedReason(id));
    const refusal = refusalOf(changes, rolesGrantable);
    if (refusal) return refusal;
    const outcome = await changeHeld({ id, ...changes }, { rolesGrantable, update: true }, batch);
    await updateAll(manager, [...batch.writes.values()]);
    return outcome;
  }
}

/** What a well-formed record means to a person who is recorded already; notes the change, where there is one. */
async function changeHeld(
  record: UserChanges & { readonly id: string },
  { rolesGrantable, update }: UserRecording,
  batch: Batch,
): Promise<RecordOutcome> {
  const held = batch.held.get(record.id) as HeldUser;
  if (held.anonymised) return { outcome: 'known' };
  const refusal = refusalToTouch(held, rolesGrantable);
  if (refusal) return refusal;
  const differences = differencesOf(record, held);
  if (update && (differences.length > 0 || record.passwordHash !== undefined)) {
    return write(record, held, batch);
  }
  return differences.length === 0 ? { outcome: 'known' } : conflict(record.id, differences);
}

/** Notes the change for one statement over all; only what can collide with another's sign-in is written at once. */
async function write(
  record: UserChanges & { readonly id: string },
  before: HeldUser,
  batch: Batch,
): Promise<RecordOutcome> {
  const after = changed(before, record);
  if (after.signsIn && after.email === null) {
    return refused(USERS_PROBLEMS.PASSWORD_NEEDS_EMAIL, PASSWORD_NEEDS_EMAIL_REASON);
  }
  const row = { ...after, passwordHash: record.passwordHash ?? null };
  const changesSignIn = after.signsIn && (!before.signsIn || after.email !== before.email);
  if (!changesSignIn) {
    batch.writes.set(record.id, row);
  } else if (!(await writeAlone(row, batch.manager))) {
    return refused(USERS_PROBLEMS.EMAIL_TAKEN, emailTakenReason(row.email));
  }
  batch.held.set(record.id, after);
  return { outcome: 'changed' };
}

/** @returns whether it could be written; if not, the transaction goes on as if it had not been tried */
async function writeAlone(row: UserRow, manager: EntityManager): Promise<boolean> {
  try {
    await manager.transaction((savepoint) => updateAll(savepoint, [row]));
    return true;
  } catch (error) {
    if (isEmailTaken(error)) return false;
    throw error;
  }
}

/** What to do about a password without an e-mail address. */
export const PASSWORD_NEEDS_EMAIL_REASON =
  'Who has a password signs in by e-mail address: give email together with password.';

/** Whether a statement failed because somebody else signs in with the same e-mail address. */
export function isEmailTaken(error: unknown): boolean {
  return violatedConstraint(error) === 'users_sign_in_email_key';
}

/** What to tell whoever wants an e-mail address that somebody else signs in with. */
export function emailTakenReason(email: string | null): string {
  return `Somebody else signs in with ${email ?? 'it'}; e-mail addresses repeat only among those without a password.`;
}

/** What to tell whoever writes about somebody anonymised. */
export function anonymisedReason(id: string): string {
  return `User ${id} was anonymised; nothing more is recorded about that person.`;
}

function conflict(id: string, differences: readonly string[]): RecordOutcome {
  return refused(
    USERS_PROBLEMS.CONFLICT,
    `User ${id} is recorded with other content (${differences.join(', ')}); to change it, use PATCH /api/users/${id} or import with update=true.`,
  );
}

function newRow(record: UserRecord): UserRow {
  return { ...heldFrom(record), passwordHash: record.passwordHash ?? null };
}
