import { Inject, Injectable } from '@nestjs/common';
import { getStorageToken, normalizeIp, type ThrottlerStorage } from '@nestjs/throttler';
import { Problem } from '../platform/problem/index.js';
import { LOGIN_PROBLEMS } from './users.problems.js';

const WINDOW_MS = 60_000;
/** Providers assign a whole IPv6 network with this prefix to one customer (RFC 6177). */
const IPV6_PREFIX_BITS = 64;

/**
 * Maximum attempts per minute. The first limit stops guessing of one password from one address. The other limits stop
 * guessing from many addresses or for many users, and are so high that it is hard to lock another user out.
 */
const ATTEMPTS_MAX = { accountAndAddress: 10, account: 100, address: 100 };

/** Limits attempts to sign in. They are counted in the memory of this process. */
@Injectable()
export class LoginThrottle {
  constructor(@Inject(getStorageToken()) private readonly storage: ThrottlerStorage) {}

  /**
   * Counts one attempt, successful or not.
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
      `There were too many attempts to sign in. Try again in ${timeToBlockExpire} s.`,
      { headers: { 'Retry-After': String(timeToBlockExpire) } },
    );
  }
}

/**
 * The key of an account's counter, the same for all spellings that the database treats as one address. The database has
 * its own rules (a dotted capital I equals an i), so letters are compared without case and marks here.
 */
function accountOf(email: string): string {
  return email.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
