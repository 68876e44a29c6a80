import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager } from 'typeorm';
import { Problem } from '../platform/problem/index.js';
import { LoginThrottle } from './login-throttle.js';
import { Passwords } from './passwords.js';
import { UserEntity } from './persistence/user.entity.js';
import { UserRecorder } from './user-recorder.js';
import { LOGIN_PROBLEMS } from './users.problems.js';

/** A change of a password whose current password was right. */
export interface PasswordChange {
  readonly userId: string;
  /** The hash of the current password, to notice if the password is changed by another request. */
  readonly before: string;
  readonly after: string;
}

/** Lets users with a password at this service change it. */
@Injectable()
export class OwnPassword {
  constructor(
    @InjectRepository(UserEntity) private readonly users: Repository<UserEntity>,
    private readonly passwords: Passwords,
    private readonly throttle: LoginThrottle,
    private readonly recorder: UserRecorder,
  ) {}

  /**
   * Checks the current password and hashes the new one, before a transaction is open, because both are slow on purpose.
   * The attempt counts like one to sign in.
   *
   * @param address the caller's IP address
   * @throws Problem of LOGIN_PROBLEMS
   */
  async judge(
    userId: string,
    { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
    address: string,
  ): Promise<PasswordChange> {
    const user = await this.users.findOne({
      where: { id: userId },
      select: { id: true, email: true, passwordHash: true },
    });
    await this.throttle.count(user?.email ?? userId, address);
    const before = user?.passwordHash ?? null;
    if (!(await this.passwords.matches(currentPassword, before)) || before === null) {
      throw wrongPassword(userId);
    }
    return { userId, before, after: await this.passwords.hash(newPassword) };
  }

  /**
   * Stores the new password.
   *
   * @param manager of a transaction
   * @throws Problem if the current password was changed meanwhile, or the user was anonymised
   */
  async set({ userId, before, after }: PasswordChange, manager: EntityManager): Promise<void> {
    const still = await manager.query<unknown[]>(
      'SELECT FROM users WHERE id = $1 AND password_hash = $2 FOR NO KEY UPDATE',
      [userId, before],
    );
    if (still.length === 0) throw wrongPassword(userId);
    // The caller changes its own password, so its roles do not matter.
    await this.recorder.edit(userId, { passwordHash: after }, 'all', manager);
  }
}

function wrongPassword(userId: string): Problem {
  return new Problem(
    LOGIN_PROBLEMS.WRONG_PASSWORD,
    'The current password is wrong, or you have no password at this service.',
    { attemptOn: { type: 'user', id: userId } },
  );
}
