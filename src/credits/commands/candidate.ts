import type { Entry, Instant, ModuleTerms } from '../../domain/index.js';
import type { EntryCommand } from './entry-command.js';
import type { PriceTerms } from './purchase.js';

/** A command with what the database knows about it. */
export interface EntryCandidate {
  /** The number of its line in an import; 0 where it came alone. */
  readonly number: number;
  readonly command: EntryCommand;
  /** Of a deployment's module; null where there is none. */
  readonly module: ModuleTerms | null;
  /** What was recorded under the command's id before. */
  readonly recorded: { readonly userId: string; readonly entry: Entry } | null;
}

/** What is the same for all commands that are judged together. */
export interface JudgingTerms extends PriceTerms {
  /** The database's clock. */
  readonly now: Instant;
  /** The ids of the caller, as user and as partner, who records nothing in their own interest. Empty for an operator. */
  readonly callerIds: ReadonlySet<string>;
}

/**
 * Whether a caller would record credits in their own interest (docs/contract.md, "Callers"): anything about themselves, an
 * award or purchase for a user who deploys modules of theirs, or a deployment of such a module that nobody was charged for.
 *
 * @param partners of the modules that the user deploys
 * @param callerIds of the caller, as user and as partner
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
      return [...partners].some(isTheirs);
    case 'deployment':
      return isTheirs(module?.partnerId ?? null);
    case 'spend':
    case 'refund':
    case 'purchaseRefund':
      return false;
  }
}
