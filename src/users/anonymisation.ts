import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AUTH_PROBLEMS, type Caller } from '../auth/index.js';
import { instantFromPostgres } from '../platform/database/index.js';
import { forgetAnswersAbout } from '../platform/idempotency/index.js';
import { Problem } from '../platform/problem/index.js';
import { lockStored } from './persistence/user-rows.js';
import { PersonalTexts } from './personal-texts.js';
import { isAdminWithoutRevenue } from './user-record.js';
import { USERS_PROBLEMS } from './users.problems.js';

/** A user of whom only the id and the ledger are left. */
export interface AnonymisedUser {
  readonly id: string;
  /** When the user was anonymised first. */
  readonly anonymisedAt: string;
}

/**
 * Anonymises users: erases e-mail address, name, password, roles, the free texts of all features, and stored answers
 * that contain any of these. The id stays, so the ledger and all sums do not change. Afterwards the user's tokens are
 * refused, and no personal data is recorded for the id.
 */
@Injectable()
export class Anonymisation {
  constructor(private readonly texts: PersonalTexts) {}

  /**
   * Anonymises a user. A repeated request changes nothing.
   *
   * Callers cannot anonymise themselves: the caller is an administrator and stays one, so at least one is left. Both
   * rows are locked, so that two administrators cannot anonymise each other at the same time.
   *
   * @param manager of a transaction (READ COMMITTED)
   * @throws Problem if the caller receives revenue, if there is no such user, if it is the caller, or if the caller was
   *         anonymised meanwhile
   */
  async anonymise(
    id: string,
    caller: Caller,
    manager: EntityManager,
  ): Promise<{ user: AnonymisedUser; isNew: boolean }> {
    if (!isAdminWithoutRevenue(caller)) {
      throw new Problem(
        AUTH_PROBLEMS.OWN_INTEREST,
        'Callers who receive revenue cannot anonymise users. Use a token of an admin without the role partner and the claim partnerId.',
      );
    }
    if (id === caller.id) {
      throw new Problem(
        USERS_PROBLEMS.NOT_YOURSELF,
        'You cannot anonymise your own user, because no administrator might remain. Ask another administrator.',
      );
    }
    const stored = await lockStored(manager, [id, caller.id]);
    if (stored.get(caller.id)?.anonymised === true) {
      throw new Problem(AUTH_PROBLEMS.UNAUTHENTICATED, 'The user of this token no longer has access.');
    }
    const user = stored.get(id);
    if (user === undefined) throw new Problem(USERS_PROBLEMS.NOT_FOUND, `There is no user ${id}.`);
    const isNew = !user.anonymised;
    if (isNew) await this.erase(id, manager);
    const [row] = await manager.query<{ at: string }[]>(
      'SELECT anonymised_at AS at FROM users WHERE id = $1',
      [id],
    );
    if (row === undefined) throw new Error(`User ${id} was locked and does not exist.`);
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
