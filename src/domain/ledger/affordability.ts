import type { Micros } from '../decimal.js';
import type { Account } from './account.js';
import type { Pool } from './entry.js';
import { accountAt } from './fold.js';
import type { Instant } from '../instant.js';

/** Credits that a charge with this pool can take at an instant at or after the account's last entry. */
export function availableCredits(account: Account, pool: Pool, at: Instant): Micros {
  const { freeCredits, purchasedCredits } = accountAt(account, at).balance;
  switch (pool) {
    case 'any':
      return freeCredits + purchasedCredits;
    case 'free':
      return freeCredits;
    case 'purchased':
      return purchasedCredits;
  }
}
