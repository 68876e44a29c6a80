import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { violatedConstraint } from '../platform/database/index.js';
import { refused, winnersOf, type RecordOutcome } from '../platform/recording/index.js';
import { insertMissing, lockStored, updateAll, type UserRow } from './persistence/user-rows.js';
import {
  changed,
  differencesOf,
  storedFrom,
  refusalOf,
  refusalToChange,
  type StoredUser,
  type RolesGrantable,
  type UserChanges,
  type UserRecord,
} from './user-record.js';
import { USERS_PROBLEMS } from './users.problems.js';

/** Options for recording users. */
export interface UserRecording {
  readonly rolesGrantable: RolesGrantable;
  /** Whether other content for a known id changes the user; otherwise it is refused. */
  readonly update: boolean;
}

/** The users of a batch, with the changes of the records so far, and those to write at the end. */
interface Batch {
  readonly stored: Map<string, StoredUser>;
  readonly writes: Map<string, UserRow>;
  readonly manager: EntityManager;
}

/** Records users for the routes, the import and the command line. No other code writes them. */
@Injectable()
export class UserRecorder {
  /**
   * Records a batch with a constant number of statements, plus one for each changed e-mail address of a user with a
   * password, which is rare. Ids can repeat: the first valid record of an id is recorded, and later ones with the same
   * content are known. Records of anonymised users are known and change nothing.
   *
   * @param records at most 5,000
   * @param manager of a transaction (READ COMMITTED)
   * @returns the outcome of each record, in their order
   * @throws QueryFailedError if a new user with a password has the e-mail address of another user with a password
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
    const batch: Batch = { stored: await lockStored(manager, known), writes: new Map(), manager };
    for (const record of candidates.filter(isNew)) batch.stored.set(record.id, storedFrom(record));

    const outcomes: RecordOutcome[] = [];
    for (const [index, record] of records.entries()) {
      const isWinner = winners.get(record.id) === index;
      const terms = { ...recording, update: recording.update && isWinner };
      const outcome = isWinner && isNew(record) ? ({ outcome: 'added' } as const) : null;
      outcomes.push(refusals[index] ?? outcome ?? (await changeStored(record, terms, batch)));
    }
    await updateAll(manager, [...batch.writes.values()]);
    return outcomes;
  }

  /**
   * Changes one user.
   *
   * @param manager of a transaction
   * @returns `changed`, `known` if nothing was to be changed, or a refusal, including `NOT_FOUND` and `ANONYMISED`
   */
  async edit(
    id: string,
    changes: UserChanges,
    rolesGrantable: RolesGrantable,
    manager: EntityManager,
  ): Promise<RecordOutcome> {
    const batch: Batch = { stored: await lockStored(manager, [id]), writes: new Map(), manager };
    const stored = batch.stored.get(id);
    if (!stored) return refused(USERS_PROBLEMS.NOT_FOUND, `There is no user ${id}.`);
    if (stored.anonymised) return refused(USERS_PROBLEMS.ANONYMISED, anonymisedReason(id));
    const refusal = refusalOf(changes, rolesGrantable);
    if (refusal) return refusal;
    const outcome = await changeStored({ id, ...changes }, { rolesGrantable, update: true }, batch);
    await updateAll(manager, [...batch.writes.values()]);
    return outcome;
  }
}

/** Applies a valid record to a stored user, and collects the change for the end of the batch. */
async function changeStored(
  record: UserChanges & { readonly id: string },
  { rolesGrantable, update }: UserRecording,
  batch: Batch,
): Promise<RecordOutcome> {
  const stored = batch.stored.get(record.id) as StoredUser;
  if (stored.anonymised) return { outcome: 'known' };
  const refusal = refusalToChange(stored, rolesGrantable);
  if (refusal) return refusal;
  const differences = differencesOf(record, stored);
  if (update && (differences.length > 0 || record.passwordHash !== undefined)) {
    return write(record, stored, batch);
  }
  return differences.length === 0 ? { outcome: 'known' } : conflict(record.id, differences);
}

/** Collects the change for one statement at the end. A change of a sign-in is written now, because it can conflict. */
async function write(
  record: UserChanges & { readonly id: string },
  before: StoredUser,
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
  batch.stored.set(record.id, after);
  return { outcome: 'changed' };
}

/** @returns whether the row was written; if not, the transaction continues without it */
async function writeAlone(row: UserRow, manager: EntityManager): Promise<boolean> {
  try {
    await manager.transaction((savepoint) => updateAll(savepoint, [row]));
    return true;
  } catch (error) {
    if (isEmailTaken(error)) return false;
    throw error;
  }
}

/** The reason of the refusal of a password without an e-mail address. */
export const PASSWORD_NEEDS_EMAIL_REASON =
  'A user with a password needs an e-mail address to sign in. Set email together with password.';

/** Whether a statement failed because another user signs in with the same e-mail address. */
export function isEmailTaken(error: unknown): boolean {
  return violatedConstraint(error) === 'users_sign_in_email_key';
}

/** The reason of the refusal of an e-mail address with which another user signs in. */
export function emailTakenReason(email: string | null): string {
  return `Another user signs in with ${email ?? 'this e-mail address'}. Users with a password need different e-mail addresses.`;
}

/** The reason of the refusal of changes of an anonymised user. */
export function anonymisedReason(id: string): string {
  return `User ${id} was anonymised, so the user cannot be changed.`;
}

function conflict(id: string, differences: readonly string[]): RecordOutcome {
  return refused(
    USERS_PROBLEMS.CONFLICT,
    `User ${id} is recorded with other content (${differences.join(', ')}). To change it, use PATCH /api/users/${id} or import with update=true.`,
  );
}

function newRow(record: UserRecord): UserRow {
  return { ...storedFrom(record), passwordHash: record.passwordHash ?? null };
}
