import type { Entry, EntryType, Instant, ModuleTerms, JudgedEntry } from '../../domain/index.js';
import { ENTRY_COLUMN_LIST, recordOfEntry, type EntryRecord } from '../ledger/entry-columns.js';
import { AWARD_FIELDS, awardOf, type AwardCommand } from './award.js';
import type { CommandField, CommandValue } from './command-fields.js';
import { DEPLOYMENT_FIELDS, deploymentOf, type DeploymentCommand } from './deployment.js';
import { PURCHASE_REFUND_FIELDS, purchaseRefundOf, type PurchaseRefundCommand } from './purchase-refund.js';
import {
  PURCHASE_REVERSAL_FIELDS,
  purchaseReversalOf,
  type PurchaseReversalCommand,
} from './purchase-reversal.js';
import { PURCHASE_FIELDS, purchaseOf, type PriceTerms, type PurchaseCommand } from './purchase.js';
import { REFUND_FIELDS, refundOf, type RefundCommand } from './refund.js';
import {
  REVERSAL_RELEASE_FIELDS,
  reversalReleaseOf,
  type ReversalReleaseCommand,
} from './reversal-release.js';
import { SPEND_FIELDS, spendOf, type SpendCommand } from './spend.js';

/** A request to record an entry, read from a body or a line of an import and not yet judged. */
export type EntryCommand = AwardCommand | PurchaseCommand | DeploymentCommand | SpendCommand | JudgedCommand;

/** A request to record an entry that undoes another one. */
export type JudgedCommand =
  | RefundCommand
  | PurchaseRefundCommand
  | PurchaseReversalCommand
  | ReversalReleaseCommand;

/** The same, but a time of null means now. */
export type UntimedCommand<Command extends EntryCommand = EntryCommand> = Command extends EntryCommand
  ? Omit<Command, 'occurredAt'> & { readonly occurredAt: Instant | null }
  : never;

/** The fields of each type of entry, by their names in JSON. */
export const ENTRY_FIELDS = {
  award: AWARD_FIELDS,
  purchase: PURCHASE_FIELDS,
  deployment: DEPLOYMENT_FIELDS,
  spend: SPEND_FIELDS,
  refund: REFUND_FIELDS,
  purchaseRefund: PURCHASE_REFUND_FIELDS,
  purchaseReversal: PURCHASE_REVERSAL_FIELDS,
  reversalRelease: REVERSAL_RELEASE_FIELDS,
} as const satisfies Record<EntryType, Record<string, CommandField<CommandValue, unknown>>>;

function fieldsOf(type: EntryType): [key: string, field: CommandField<CommandValue, unknown>][] {
  return Object.entries<CommandField<CommandValue, unknown>>(ENTRY_FIELDS[type]);
}

/** Builds a command from values by name; ignores values that its type does not have. */
export function commandOfValues(
  type: EntryType,
  valueOf: (name: CommandValue) => string | bigint | null,
): EntryCommand {
  const command: Record<string, unknown> = { type };
  for (const { name } of fieldsOf(type).map(([, field]) => field)) command[name] = valueOf(name);
  return command as unknown as EntryCommand;
}

/**
 * Converts a body that its DTO has validated to a command. The id must be present; a missing time means now.
 *
 * @param body has the type's fields by name; other properties are ignored
 */
export function commandOfBody<Type extends EntryType>(
  type: Type,
  body: object,
): UntimedCommand<Extract<EntryCommand, { type: Type }>> {
  const given = body as Readonly<Record<string, unknown>>;
  const command: Record<string, unknown> = { type };
  for (const [key, { name, read }] of fieldsOf(type)) {
    const isNow = name === 'occurredAt' && (given[key] ?? null) === null;
    command[name] = isNow ? null : read(given[key]);
  }
  return command as UntimedCommand<Extract<EntryCommand, { type: Type }>>;
}

/** Converts a command that was not refused to its entry, with the current terms. */
export function entryOfCommand(command: EntryCommand, module: ModuleTerms | null, terms: PriceTerms): Entry {
  switch (command.type) {
    case 'award':
      return awardOf(command);
    case 'purchase':
      return purchaseOf(command, terms);
    case 'deployment':
      if (module === null) throw new Error('A deployment of an unknown module was not refused.');
      return deploymentOf(command, module);
    case 'spend':
      return spendOf(command);
    case 'refund':
    case 'purchaseRefund':
    case 'purchaseReversal':
    case 'reversalRelease':
      return judgedEntryOf(command);
  }
}

export function judgedEntryOf(command: JudgedCommand): JudgedEntry {
  switch (command.type) {
    case 'refund':
      return refundOf(command);
    case 'purchaseRefund':
      return purchaseRefundOf(command);
    case 'purchaseReversal':
      return purchaseReversalOf(command);
    case 'reversalRelease':
      return reversalReleaseOf(command);
  }
}

/** The types of entries that undo another one, with the type that each of them names. */
export const TARGET_TYPES = {
  refund: 'deployment',
  purchaseRefund: 'purchase',
  purchaseReversal: 'purchase',
  reversalRelease: 'purchaseReversal',
} as const satisfies Record<JudgedCommand['type'], EntryType>;

/** Whether a command undoes another entry. */
export function isJudgedCommand(command: EntryCommand): command is JudgedCommand {
  return command.type in TARGET_TYPES;
}

/**
 * Whether the command has the same content as the recorded entry: each given value equals the entry's. Absent values
 * and free texts are not compared (docs/rules.md, "Entries").
 */
export function hasSameContent(command: EntryCommand, recorded: Entry, recordedUserId: string): boolean {
  const given = command as Partial<EntryRecord>;
  const stored = recordOfEntry(recordedUserId, recorded);
  return ENTRY_COLUMN_LIST.every(
    ([column]) => (given[column] ?? null) === null || given[column] === stored[column],
  );
}
