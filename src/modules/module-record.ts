import { hasAnyRole, type Caller } from '../auth/index.js';
import type { Micros } from '../domain/index.js';
import { refused, type RecordOutcome } from '../platform/recording/index.js';
import { isText } from '../platform/validation/index.js';
import { MODULES_PROBLEMS } from './modules.problems.js';

/** Longest name of a module, in characters. */
export const MODULE_NAME_MAX_CHARACTERS = 200;

/** What somebody says about a module, by route or import line. Null is the same as absent, but for `partnerId`. */
export interface ModuleRecord {
  readonly id: string;
  readonly name: string;
  /** Null: the platform's own module. Undefined: not said, which a new module's record may not leave open. */
  readonly partnerId?: string | null;
  readonly creditCost: Micros;
  /** False for a new module that does not say. */
  readonly requiresPurchasedCredits?: boolean | null;
  /** False for a new module that does not say. */
  readonly archived?: boolean | null;
}

/** Whose modules somebody writes: `any`, or those of one partner. */
export type ModulesWritable = 'any' | { readonly ofPartner: string | null };

/**
 * The operator of the machine (null), admin and platform write any module; a caller who earns only its own, whatever its
 * other roles, as the cost and the partner of a module decide who earns what.
 */
export function modulesWritableBy(writer: Caller | null): ModulesWritable {
  if (writer === null) return 'any';
  const { earnsAs } = writer;
  return earnsAs === null && hasAnyRole(writer, 'admin', 'platform') ? 'any' : { ofPartner: earnsAs };
}

/** What somebody wants to change about a module; absent fields stay. */
export type ModuleChanges = Partial<Omit<ModuleRecord, 'id'>>;

/** What the service holds of a module. */
export interface HeldModule {
  readonly id: string;
  readonly name: string;
  readonly partnerId: string | null;
  readonly creditCost: Micros;
  readonly requiresPurchasedCredits: boolean;
  readonly archived: boolean;
}

/** Why a record is refused whatever is stored; null where it may be recorded. */
export function refusalOf({ name }: ModuleChanges): RecordOutcome | null {
  return name === undefined || isText(name, { maxCharacters: MODULE_NAME_MAX_CHARACTERS })
    ? null
    : refused(
        MODULES_PROBLEMS.INVALID,
        `name must be one line of 1 to ${MODULE_NAME_MAX_CHARACTERS} characters, not only spaces, without control characters.`,
      );
}

/** Why this writer may not change the module that is held; null where it may. */
export function refusalToTouch(
  { id, partnerId }: Pick<HeldModule, 'id' | 'partnerId'>,
  writable: ModulesWritable,
): RecordOutcome | null {
  if (writable === 'any' || (partnerId !== null && partnerId === writable.ofPartner)) return null;
  return refused(MODULES_PROBLEMS.FOREIGN, `Module ${id} is not yours; partners edit their own.`);
}

/** Why this writer may not name the partner that a record names; null where it may, or none is named. */
export function refusalToName({ partnerId }: ModuleChanges, writable: ModulesWritable): RecordOutcome | null {
  if (writable === 'any' || partnerId === undefined) return null;
  if (partnerId !== null && partnerId === writable.ofPartner) return null;
  return refused(
    MODULES_PROBLEMS.PARTNER_NOT_YOURS,
    'A partner publishes only modules of its own and gives none away; name yourself as partnerId.',
  );
}

/**
 * Why nobody can be the module's partner as this record says; null where it names a partner, or the platform (null).
 *
 * @param partners the users with the role partner among those whom the batch names
 */
export function partnerRefusal(
  { partnerId }: ModuleChanges,
  partners: ReadonlySet<string>,
): RecordOutcome | null {
  if (partnerId === undefined) {
    return refused(
      MODULES_PROBLEMS.PARTNER_REQUIRED,
      'partnerId is missing: give the id of the module’s partner, or null for a module of the platform’s own.',
    );
  }
  if (partnerId === null || partners.has(partnerId)) return null;
  return refused(
    MODULES_PROBLEMS.NO_SUCH_PARTNER,
    `There is no user ${partnerId} with the role partner; record that user first.`,
  );
}

/** The fields of which the record says something else than what is held. */
export function differencesOf(changes: ModuleChanges, held: HeldModule): string[] {
  const after = changed(held, changes);
  return (Object.keys(held) as (keyof HeldModule)[]).filter((field) => after[field] !== held[field]);
}

/** What is held once the changes are made. */
export function changed(held: HeldModule, changes: ModuleChanges): HeldModule {
  return {
    id: held.id,
    name: changes.name ?? held.name,
    partnerId: changes.partnerId === undefined ? held.partnerId : changes.partnerId,
    creditCost: changes.creditCost ?? held.creditCost,
    requiresPurchasedCredits: changes.requiresPurchasedCredits ?? held.requiresPurchasedCredits,
    archived: changes.archived ?? held.archived,
  };
}

/** What is held of a module that was not known before. */
export function heldFrom(record: ModuleRecord): HeldModule {
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
