import {
  frozenAmount,
  frozenCreditCost,
  frozenPool,
  type CreditsPerUnitChange,
  type Entry,
  type Instant,
  type Micros,
  type ModuleTerms,
  type RefundingEntry,
  type SpendingEntry,
} from '../../domain/index.js';
import type { EntryLine } from './import-line.js';

/** What entries freeze from the variables. */
export interface PriceTerms {
  readonly creditsPerUnitChanges: readonly CreditsPerUnitChange[];
  readonly creditsPerUnitDefault: Micros;
}

/** When the line says that it happened. */
export function occurredAtOf(line: EntryLine): Instant {
  return line.type === 'deployment' ? line.createdAt : line.occurredAt;
}

/** The entry that an award or purchase line records. */
export function incomingEntryOf(
  line: Extract<EntryLine, { type: 'award' | 'purchase' }>,
  terms: PriceTerms,
): Entry {
  const { externalId: id, credits, occurredAt, expiresAt } = line;
  if (line.type === 'award') return { type: 'award', id, occurredAt, credits, expiresAt };
  const { creditsPerUnitChanges, creditsPerUnitDefault } = terms;
  const amount = frozenAmount(line.amount, credits, occurredAt, creditsPerUnitChanges, creditsPerUnitDefault);
  return { type: 'purchase', id, occurredAt, credits, amount, expiresAt };
}

/** The entry that a deployment line records, on the module's terms of now. */
export function deploymentOf(
  line: Extract<EntryLine, { type: 'deployment' }>,
  module: ModuleTerms,
): SpendingEntry {
  return {
    type: 'deployment',
    id: line.id,
    occurredAt: line.createdAt,
    credits: frozenCreditCost(line.creditCost, module, line.userId),
    pool: frozenPool(module),
    moduleId: line.moduleId,
  };
}

/** The entry that a spend line records. */
export function spendOf(line: Extract<EntryLine, { type: 'spend' }>): SpendingEntry {
  const { externalId: id, occurredAt, credits, category } = line;
  return { type: 'spend', id, occurredAt, credits, category, pool: line.pool ?? 'any' };
}

/** The entry that a refund line asks to record. */
export function refundOf(line: Extract<EntryLine, { type: 'refund' | 'purchaseRefund' }>): RefundingEntry {
  const facts = { id: line.externalId, occurredAt: line.occurredAt, credits: line.credits };
  return line.type === 'refund'
    ? { type: 'refund', ...facts, deploymentId: line.deploymentId }
    : { type: 'purchaseRefund', ...facts, purchaseId: line.purchaseExternalId };
}

/**
 * Whether the line says nothing else than the recorded entry: every field given equals what the entry holds; absent
 * fields and free texts are not compared (docs/rules.md, "Entries").
 */
export function saysTheSame(line: EntryLine, recorded: Entry, recordedUserId: string): boolean {
  if (line.type !== recorded.type || occurredAtOf(line) !== recorded.occurredAt) return false;
  if ('userId' in line && line.userId !== recordedUserId) return false;
  return givenFieldsOf(line).every(
    ([field, given]) => given === null || given === (recorded as unknown as Record<string, unknown>)[field],
  );
}

/** The fields that a line may leave out or state, by their names on the entry. */
function givenFieldsOf(line: EntryLine): (readonly [field: string, given: unknown])[] {
  switch (line.type) {
    case 'award':
      return Object.entries({ credits: line.credits, expiresAt: line.expiresAt });
    case 'purchase':
      return Object.entries({ credits: line.credits, amount: line.amount, expiresAt: line.expiresAt });
    case 'deployment':
      return Object.entries({ moduleId: line.moduleId, credits: line.creditCost });
    case 'spend':
      return Object.entries({ credits: line.credits, category: line.category, pool: line.pool });
    case 'refund':
      return Object.entries({ credits: line.credits, deploymentId: line.deploymentId });
    case 'purchaseRefund':
      return Object.entries({ credits: line.credits, purchaseId: line.purchaseExternalId });
  }
}
