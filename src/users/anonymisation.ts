import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AUTH_PROBLEMS, type Caller } from '../auth/index.js';
import { instantFromPostgres } from '../platform/database/index.js';
import { forgetAnswersAbout } from '../platform/idempotency/index.js';
import { Problem } from '../platform/problem/index.js';
import { lockHeld } from './persistence/user-rows.js';
import { PersonalTexts } from './personal-texts.js';
import { isPlainAdmin } from './user-record.js';
import { USERS_PROBLEMS } from './users.problems.js';

/** A person of whom the id and its ledger are left. */
export interface AnonymisedUser {
  readonly id: string;
  /** When that was done, at first. */
  readonly anonymisedAt: string;
}

/**
 * Erases a person and leaves the id, so that the ledger and every sum stay as they are: e-mail address, name, password
 * and roles, the free texts of every feature, and kept answers that show any of these. From then on the person's
 * tokens are refused, and nothing more is recorded about who it is.
 */
@Injectable()
export class Anonymisation {
  constructor(private readonly texts: PersonalTexts) {}

  /**
   * The same again changes nothing.
   *
   * Nobody does it to itself: whoever calls is an administrator and stays one, so there is always one left. Both rows
   * are locked, so that of two administrators who erase each other at once only one succeeds.
   *
   * @param manager of a transaction (READ COMMITTED)
   * @throws Problem where the caller earns, there is no such user, it is the caller, or the caller was itself erased
   *         meanwhile
   */
  async anonymise(
    id: string,
    caller: Caller,
    manager: EntityManager,
  ): Promise<{ user: AnonymisedUser; isNew: boolean }> {
    if (!isPlainAdmin(caller)) {
      throw new Problem(
        AUTH_PROBLEMS.OWN_INTEREST,
        'A caller who earns erases nobody; use a token of an admin without the role partner and the claim partnerId.',
      );
    }
    if (id === caller.id) {
      throw new Problem(
        USERS_PROBLEMS.NOT_YOURSELF,
        'Nobody anonymises itself, as no administrator might be left then; ask another administrator.',
      );
    }
    const held = await lockHeld(manager, [id, caller.id]);
    if (held.get(caller.id)?.anonymised === true) {
      throw new Problem(AUTH_PROBLEMS.UNAUTHENTICATED, 'The user of this token is no longer let in.');
    }
    const person = held.get(id);
    if (person === undefined) throw new Problem(USERS_PROBLEMS.NOT_FOUND, `There is no user ${id}.`);
    const isNew = !person.anonymised;
    if (isNew) await this.erase(id, manager);
    const [row] = await manager.query<{ at: string }[]>(
      'SELECT anonymised_at AS at FROM users WHERE id = $1',
      [id],
    );
    if (row === undefined) throw new Error(`User ${id} was locked and is gone.`);
    return { user: { id, anonymisedAt: instantFromPostgres(row.at) }, isNew };
  }

  private async erase(id: string, manager: EntityManager): Promise<void> {
    await manager.query(
      `UPDATE users SET email = NULL, name = NULL, password_hash = NULL, roles = '{}',
         anonymised_at = clock_timestamp(), updated_at = clock_timestamp()
       WHERE id = $1`,
      [id],
    );
    await this.texts.forget(id, manager);
    await forgetAnswersAbout(manager, id);
  }
}
