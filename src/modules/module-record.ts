import { hasAnyRole, type Caller } from '../auth/index.js';
import type { Micros } from '../domain/index.js';
import { refused, type RecordOutcome } from '../platform/recording/index.js';
import { isText } from '../platform/validation/index.js';
import { MODULES_PROBLEMS } from './modules.problems.js';

/** Maximum length of a module's name, in characters. */
export const MODULE_NAME_MAX_CHARACTERS = 200;

/** A module as a route or a line of an import describes it. Null is the same as absent, except for `partnerId`. */
export interface ModuleRecord {
  readonly id: string;
  readonly name: string;
  /** Null for a module of the platform. Undefined if not given; a new module needs it. */
  readonly partnerId?: string | null;
  readonly creditCost: Micros;
  /** False for a new module if absent. */
  readonly requiresPurchasedCredits?: boolean | null;
  /** False for a new module if absent. */
  readonly archived?: boolean | null;
}

/** The modules that the caller can change: all, or those of one partner. */
export type ModulesWritable = 'any' | { readonly ofPartner: string | null };

/**
 * The operator at the command line (null), admin and platform can change all modules. Callers who receive revenue can
 * change only their own, whatever their other roles, because a module's cost and partner determine revenue.
 */
export function modulesWritableBy(writer: Caller | null): ModulesWritable {
  if (writer === null) return 'any';
  const { earnsAs } = writer;
  return earnsAs === null && hasAnyRole(writer, 'admin', 'platform') ? 'any' : { ofPartner: earnsAs };
}

/** Changes of a module; absent fields are not changed. */
export type ModuleChanges = Partial<Omit<ModuleRecord, 'id'>>;

/** A module as it is stored. */
export interface StoredModule {
  readonly id: string;
  readonly name: string;
  readonly partnerId: string | null;
  readonly creditCost: Micros;
  readonly requiresPurchasedCredits: boolean;
  readonly archived: boolean;
}

/** The refusal of a record that is invalid by itself; null if it is valid. */
export function refusalOf({ name }: ModuleChanges): RecordOutcome | null {
  return name === undefined || isText(name, { maxCharacters: MODULE_NAME_MAX_CHARACTERS })
    ? null
    : refused(
        MODULES_PROBLEMS.INVALID,
        `name must be one line of 1 to ${MODULE_NAME_MAX_CHARACTERS} characters, not only spaces, without control characters.`,
      );
}

/** The refusal if the caller cannot change this module; null if the caller can. */
export function refusalToChange(
  { id, partnerId }: Pick<StoredModule, 'id' | 'partnerId'>,
  writable: ModulesWritable,
): RecordOutcome | null {
  if (writable === 'any' || (partnerId !== null && partnerId === writable.ofPartner)) return null;
  return refused(
    MODULES_PROBLEMS.FOREIGN,
    `Module ${id} belongs to another partner. You can change only your own modules.`,
  );
}

/** The refusal if the caller cannot set the record's partner; null if the caller can, or if it has none. */
export function refusalToSetPartner(
  { partnerId }: ModuleChanges,
  writable: ModulesWritable,
): RecordOutcome | null {
  if (writable === 'any' || partnerId === undefined) return null;
  if (partnerId !== null && partnerId === writable.ofPartner) return null;
  return refused(
    MODULES_PROBLEMS.PARTNER_NOT_YOURS,
    'Partners can publish modules only as their own and cannot transfer them. Set partnerId to your own id.',
  );
}

/**
 * The refusal if partnerId is missing or is not the id of a partner; null if it is valid.
 *
 * @param partners those users of the batch who have the role partner
 */
export function partnerRefusal(
  { partnerId }: ModuleChanges,
  partners: ReadonlySet<string>,
): RecordOutcome | null {
  if (partnerId === undefined) {
    return refused(
      MODULES_PROBLEMS.PARTNER_REQUIRED,
      'partnerId is missing. Set it to the id of the module’s partner, or to null for a module of the platform.',
    );
  }
  if (partnerId === null || partners.has(partnerId)) return null;
  return refused(
    MODULES_PROBLEMS.NO_SUCH_PARTNER,
    `There is no user ${partnerId} with the role partner. Record the user first.`,
  );
}

/** The fields in which the record differs from the stored module. */
export function differencesOf(changes: ModuleChanges, stored: StoredModule): string[] {
  const after = changed(stored, changes);
  return (Object.keys(stored) as (keyof StoredModule)[]).filter((field) => after[field] !== stored[field]);
}

/** The stored module with the changes. */
export function changed(stored: StoredModule, changes: ModuleChanges): StoredModule {
  return {
    id: stored.id,
    name: changes.name ?? stored.name,
    partnerId: changes.partnerId === undefined ? stored.partnerId : changes.partnerId,
    creditCost: changes.creditCost ?? stored.creditCost,
    requiresPurchasedCredits: changes.requiresPurchasedCredits ?? stored.requiresPurchasedCredits,
    archived: changes.archived ?? stored.archived,
  };
}

/** The stored form of a new module. */
export function storedFrom(record: ModuleRecord): StoredModule {
  const { id, name, creditCost } = record;
  const plain = {
    id,
    name,
    creditCost,
    partnerId: null,
    requiresPurchasedCredits: false,
    archived: false,
  };
  return changed(plain, record);
}
