import type { Entry, Instant, ModuleTerms } from '../../domain/index.js';
import type { EntryCommand } from './entry-command.js';
import type { PriceTerms } from './purchase.js';

/** A command with the stored data that judging it needs. */
export interface EntryCandidate {
  /** The number of its line in an import; 0 outside an import. */
  readonly number: number;
  readonly command: EntryCommand;
  /** The module of a deployment; null if there is none. */
  readonly module: ModuleTerms | null;
  /** The entry that is recorded under the command's id; null if there is none. */
  readonly recorded: { readonly userId: string; readonly entry: Entry } | null;
}

/** Data that is common to all commands that are judged together. */
export interface JudgingTerms extends PriceTerms {
  /** The database's clock. */
  readonly now: Instant;
  /** The caller's ids as user and as partner, for the check of own interest. Empty for an operator. */
  readonly callerIds: ReadonlySet<string>;
}

/**
 * Whether the command serves the caller's own interest (docs/contract.md, "Callers"). That is any entry about the
 * caller, credits or money of a user who deploys the caller's modules, or a recorded deployment of such a module.
 *
 * @param partners the partners of the modules that the user deploys
 * @param callerIds the caller's ids as user and as partner
 */
export function servesOwnInterest(
  { command, module }: Pick<EntryCandidate, 'command' | 'module'>,
  userId: string,
  partners: Iterable<string | null>,
  callerIds: ReadonlySet<string>,
): boolean {
  if (callerIds.has(userId)) return true;
  const isTheirs = (partnerId: string | null): boolean => partnerId !== null && callerIds.has(partnerId);
  switch (command.type) {
    case 'award':
    case 'purchase':
    case 'purchaseReversal':
    case 'reversalRelease':
      return [...partners].some(isTheirs);
    case 'deployment':
      return isTheirs(module?.partnerId ?? null);
    case 'spend':
    case 'refund':
    case 'purchaseRefund':
      return false;
  }
}
