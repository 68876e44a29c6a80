import { Inject, Injectable } from '@nestjs/common';
import { getStorageToken, normalizeIp, type ThrottlerStorage } from '@nestjs/throttler';
import { Problem } from '../platform/problem/index.js';
import { LOGIN_PROBLEMS } from './users.problems.js';

const WINDOW_MS = 60_000;
/** An internet provider gives one customer a whole network of this length (RFC 6177). */
const IPV6_PREFIX_BITS = 64;

/**
 * Attempts per minute. Guessing one person's password from one place is stopped at once; the wider limits stop
 * guessing from many places, or at many people, and are wide enough that nobody can easily lock somebody else out.
 */
const ATTEMPTS_MAX = { accountAndAddress: 10, account: 100, address: 100 };

/** Counts the attempts to sign in, in the memory of this process, and stops those who guess. */
@Injectable()
export class LoginThrottle {
  constructor(@Inject(getStorageToken()) private readonly storage: ThrottlerStorage) {}

  /**
   * Counts one attempt, whether it will succeed or not.
   *
   * @param address the caller's IP address
   * @throws Problem LOGIN.TOO_MANY_ATTEMPTS, with Retry-After
   */
  async count(email: string, address: string): Promise<void> {
    const account = accountOf(email);
    const place = normalizeIp(address, IPV6_PREFIX_BITS);
    await this.countOne('accountAndAddress', `${place} ${account}`);
    await this.countOne('address', place);
    await this.countOne('account', account);
  }

  private async countOne(limit: keyof typeof ATTEMPTS_MAX, key: string): Promise<void> {
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(
      `${limit} ${key}`,
      WINDOW_MS,
      ATTEMPTS_MAX[limit],
      WINDOW_MS,
      limit,
    );
    if (!isBlocked) return;
    throw new Problem(
      LOGIN_PROBLEMS.TOO_MANY_ATTEMPTS,
      `There were too many attempts to sign in; try again in ${timeToBlockExpire} s.`,
      { headers: { 'Retry-After': String(timeToBlockExpire) } },
    );
  }
}

/**
 * One counter for all spellings that the database may take for one address: it folds letters its own way (it takes a
 * dotted capital I for an i), so letters are compared here without case and without marks.
 */
function accountOf(email: string): string {
  return email.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
