import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { modulesOf, usersOf } from './catalogue.js';
import { History, type HistoryEntry } from './history.js';
import { inPieces } from './lines.js';
import type { Shape } from './shape.js';
import { withoutIndexes } from './without-indexes.js';

const ENTRY_COLUMNS =
  'type, id, user_id, occurred_at, recorded_at, credits, amount, expires_at, module_id, pool, category, refunded_type, refunded_id';
const REFUNDED_TYPES: Partial<Record<HistoryEntry['type'], string>> = {
  refund: 'deployment',
  purchaseRefund: 'purchase',
};

const instant = (at: number | null | undefined): string | undefined =>
  at === null || at === undefined ? undefined : new Date(at).toISOString();
/** Nothing of a data set has to be escaped for COPY, but for the names' quotes, which COPY's text leaves alone. */
const rowOf = (cells: readonly (string | null | undefined)[]): string =>
  cells.map((cell) => cell ?? '\\N').join('\t');

/**
 * Writes a data set straight into an empty, migrated database, as its owner: users, modules and the ledger; what
 * the fold makes of it is the rebuild's work.
 */
export async function loadLedger(owner: Client, shape: Shape): Promise<void> {
  await owner.query(`SET synchronous_commit = off; SET maintenance_work_mem = '512MB'`);
  await copyIn(owner, 'users (id, email, name, roles)', usersOf(shape), ({ id, email, name, roles }) =>
    rowOf([id, email, name, `{${roles.join(',')}}`]),
  );
  await copyIn(
    owner,
    'modules (id, name, partner_id, credit_cost, requires_purchased_credits)',
    modulesOf(shape),
    (module) =>
      rowOf([
        module.id,
        module.name,
        module.partnerId,
        module.creditCost,
        String(module.requiresPurchasedCredits),
      ]),
  );
  await withoutIndexes(owner, 'credit_entries', () =>
    copyIn(owner, `credit_entries (${ENTRY_COLUMNS})`, new History(shape).entries(), entryRow),
  );
  await owner.query(`
    UPDATE credit_accounts SET entries = counted.entries
      FROM (SELECT user_id, count(*) AS entries FROM credit_entries GROUP BY user_id) AS counted
     WHERE counted.user_id = credit_accounts.user_id`);
  await owner.query('RESET synchronous_commit');
  for (const table of ['users', 'modules', 'credit_accounts', 'credit_entries']) {
    await owner.query(`VACUUM ANALYZE ${table}`);
  }
}

function entryRow(entry: HistoryEntry): string {
  return rowOf([
    entry.type,
    entry.id,
    entry.userId,
    instant(entry.occurredAt),
    instant(entry.recordedAt),
    entry.credits,
    entry.amount,
    instant(entry.expiresAt),
    entry.moduleId,
    entry.pool,
    entry.category,
    REFUNDED_TYPES[entry.type],
    entry.refundedId,
  ]);
}

async function copyIn<Item>(
  owner: Client,
  target: string,
  items: Iterable<Item>,
  lineOfItem: (item: Item) => string,
): Promise<void> {
  const copy = owner.query(copyFrom(`COPY ${target} FROM STDIN`));
  await pipeline(Readable.from(inPieces(items, lineOfItem)), copy);
}
