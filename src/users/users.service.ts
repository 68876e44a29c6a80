import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import type { Caller } from '../auth/index.js';
import { isPlatformId } from '../domain/index.js';
import { preparedQueryOf } from '../platform/database/index.js';
import { decodeCursor, pageOf, type Page } from '../platform/paging/index.js';
import { Problem } from '../platform/problem/index.js';
import type { RecordOutcome } from '../platform/recording/index.js';
import { PLATFORM_ID_MESSAGE } from '../platform/validation/index.js';
import { isPassword, PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS, Passwords } from './passwords.js';
import { UserEntity } from './persistence/user.entity.js';
import { isAdminWithoutRevenue, rolesGrantableBy, type UserRecord } from './user-record.js';
import {
  anonymisedReason,
  emailTakenReason,
  isEmailTaken,
  PASSWORD_NEEDS_EMAIL_REASON,
  UserRecorder,
} from './user-recorder.js';
import type { UserListRequestDto } from './user.dto.js';
import type { User } from './user.js';
import { isUserPosition, userPosition, userSearch, type FoundUser } from './user-search.js';
import { USERS_PROBLEMS } from './users.problems.js';

/** A user as a caller describes it, with the password in clear text if there is one. */
export type DescribedUser = Omit<UserRecord, 'passwordHash'> & { readonly password?: string };

/** Changes of a user. */
export type UserEdit = Partial<Omit<DescribedUser, 'id'>>;

/** Reads and writes single users, for the routes and the command line. */
@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly recorder: UserRecorder,
    private readonly passwords: Passwords,
  ) {}

  /** Returns users in the bytewise order of their ids, or in that of a search (user-search.ts). */
  async list({ limit, cursor, q, role }: UserListRequestDto): Promise<Page<User>> {
    const list = ['users', q ?? null, role ?? null];
    const after = cursor === undefined ? null : userPosition(decodeCursor(cursor, list, isUserPosition));
    const { text, values } = userSearch({ q, role }, after, limit + 1);
    const rows = await preparedQueryOf<FoundUser>(this.users.manager.connection, text, values);
    const { data, page } = pageOf(rows, limit, list, ({ way, key, id }) => [String(way), key, id]);
    return { data: data.map(viewOf), page };
  }

  /** @throws Problem USERS.NOT_FOUND */
  async get(id: string): Promise<User> {
    return viewOf(await this.find(id, this.users.manager));
  }

  /**
   * Records a user. A repeated request changes nothing.
   *
   * @param manager of the transaction
   * @returns the user, and whether it is new
   * @throws Problem if the caller cannot record it, if the id has other content, or if another user signs in with the
   *         e-mail address
   */
  async create(
    user: DescribedUser,
    caller: Caller,
    manager: EntityManager,
  ): Promise<{ user: User; isNew: boolean }> {
    this.assertMaySetPassword(user, caller);
    if (user.password !== undefined && (user.email ?? null) === null) {
      throw new Problem(USERS_PROBLEMS.PASSWORD_NEEDS_EMAIL, PASSWORD_NEEDS_EMAIL_REASON);
    }
    const record = await this.withHash(user);
    const recording = { rolesGrantable: rolesGrantableBy(caller), update: false };
    const [outcome] = await withEmailTakenProblem(
      user.email,
      this.recorder.recordMany([record], recording, manager),
    );
    assertNotRefused(outcome);
    const stored = await this.find(user.id, manager);
    if (outcome.outcome === 'known') await this.assertSame(stored, user);
    return { user: viewOf(stored), isNew: outcome.outcome === 'added' };
  }

  /**
   * Changes a user.
   *
   * @param manager of the transaction
   * @returns the user, and whether it changed
   * @throws Problem if there is no such user, or if the caller cannot change it
   */
  async edit(
    id: string,
    edit: UserEdit,
    caller: Caller,
    manager: EntityManager,
  ): Promise<{ user: User; isChanged: boolean }> {
    this.assertMaySetPassword(edit, caller);
    const changes = await this.withHash(edit);
    const outcome = await this.recorder.edit(id, changes, rolesGrantableBy(caller), manager);
    assertNotRefused(outcome);
    return { user: viewOf(await this.find(id, manager)), isChanged: outcome.outcome === 'changed' };
  }

  /**
   * Records a user with a password, or changes a known user to this content and password. For the operator, who can
   * grant all roles.
   *
   * @throws Problem if a field is invalid, if the user is anonymised, or if another user has the e-mail address
   */
  async putSignIn(
    user: DescribedUser & { readonly email: string; readonly password: string },
  ): Promise<User> {
    assertFitForSignIn(user);
    const record = await this.withHash(user);
    return this.users.manager.transaction(async (manager) => {
      const recording = { rolesGrantable: 'all', update: true } as const;
      const recorded = this.recorder.recordMany([record], recording, manager);
      const [outcome] = await withEmailTakenProblem(user.email, recorded);
      assertNotRefused(outcome);
      const stored = await this.find(user.id, manager);
      assertNotAnonymised(stored);
      return viewOf(stored);
    });
  }

  private async withHash<Described extends UserEdit>({
    password,
    ...described
  }: Described): Promise<Omit<Described, 'password'> & { readonly passwordHash?: string }> {
    return password === undefined
      ? described
      : { ...described, passwordHash: await this.passwords.hash(password) };
  }

  private assertMaySetPassword({ password }: UserEdit, caller: Caller): void {
    if (password !== undefined && !isAdminWithoutRevenue(caller)) {
      throw new Problem(
        USERS_PROBLEMS.PASSWORD_NOT_YOURS,
        'Only administrators who are not partners can set `password`. Remove the field.',
      );
    }
  }

  /** Checks what the recorder does not compare: that the user is not anonymised and that the password is the same. */
  private async assertSame(stored: UserEntity, { password }: DescribedUser): Promise<void> {
    assertNotAnonymised(stored);
    if (password !== undefined && !(await this.passwords.matches(password, stored.passwordHash))) {
      throw new Problem(
        USERS_PROBLEMS.CONFLICT,
        `User ${stored.id} is recorded with another password or without one. To set it, use PATCH /api/users/${stored.id}.`,
      );
    }
  }

  private async find(id: string, manager: EntityManager): Promise<UserEntity> {
    const user = await manager.findOne(UserEntity, {
      where: { id },
      select: { id: true, email: true, name: true, roles: true, passwordHash: true, anonymisedAt: true },
    });
    if (!user) throw new Problem(USERS_PROBLEMS.NOT_FOUND, `There is no user ${id}.`);
    return user;
  }
}

/** Converts a conflict of e-mail addresses to a problem. */
async function withEmailTakenProblem<Result>(
  email: string | null | undefined,
  recorded: Promise<Result>,
): Promise<Result> {
  try {
    return await recorded;
  } catch (error) {
    if (!isEmailTaken(error)) throw error;
    throw new Problem(USERS_PROBLEMS.EMAIL_TAKEN, emailTakenReason(email ?? null), { cause: error });
  }
}

function assertNotRefused(outcome: RecordOutcome | undefined): asserts outcome is RecordOutcome {
  if (outcome?.outcome === 'refused') throw new Problem(outcome.kind, outcome.reason);
}

/** Checks the fields that a DTO checks on the routes. */
function assertFitForSignIn({ id, password }: { readonly id: string; readonly password: string }): void {
  if (!isPlatformId(id)) {
    throw new Problem(USERS_PROBLEMS.INVALID, `id ${PLATFORM_ID_MESSAGE}.`, {
      errors: [{ field: 'id', message: PLATFORM_ID_MESSAGE }],
    });
  }
  if (!isPassword(password)) {
    const message = `must be a text of ${PASSWORD_MIN_CHARACTERS} to ${PASSWORD_MAX_CHARACTERS} characters`;
    throw new Problem(USERS_PROBLEMS.INVALID, `password ${message}.`, {
      errors: [{ field: 'password', message }],
    });
  }
}

function assertNotAnonymised({ id, anonymisedAt }: UserEntity): void {
  if (anonymisedAt !== null) throw new Problem(USERS_PROBLEMS.ANONYMISED, anonymisedReason(id));
}

function viewOf({ id, email, name, roles }: User): User {
  return { id, email, name, roles };
}
