import type { Entry, Instant, Micros, Pool, SpendCategory } from '../../domain/index.js';

/** What a row of credit_entries says, column by column; which are null depends on the type. */
export interface EntryFacts {
  readonly type: string;
  readonly id: string;
  readonly occurredAt: Instant;
  readonly credits: Micros | null;
  readonly amount: Micros | null;
  readonly expiresAt: Instant | null;
  readonly moduleId: string | null;
  readonly pool: string | null;
  readonly category: string | null;
  readonly refundedId: string | null;
}

/** The domain's entry of a stored row. */
export function entryOfFacts(row: EntryFacts): Entry {
  const facts = { id: row.id, occurredAt: row.occurredAt };
  const { credits, expiresAt } = row;
  switch (row.type as Entry['type']) {
    case 'award':
      return { type: 'award', ...facts, credits: present(credits), expiresAt };
    case 'purchase':
      return {
        type: 'purchase',
        ...facts,
        credits: present(credits),
        amount: present(row.amount),
        expiresAt,
      };
    case 'deployment':
      return {
        type: 'deployment',
        ...facts,
        credits: present(credits),
        pool: present(row.pool) as Pool,
        moduleId: present(row.moduleId),
      };
    case 'spend':
      return {
        type: 'spend',
        ...facts,
        credits: present(credits),
        pool: present(row.pool) as Pool,
        category: present(row.category) as SpendCategory,
      };
    case 'refund':
      return { type: 'refund', ...facts, deploymentId: present(row.refundedId), credits };
    case 'purchaseRefund':
      return { type: 'purchaseRefund', ...facts, purchaseId: present(row.refundedId), credits };
  }
}

function present<T>(value: T | null): T {
  if (value === null)
    throw new Error('A stored entry lacks a field that its type has: the ledger is corrupt.');
  return value;
}
