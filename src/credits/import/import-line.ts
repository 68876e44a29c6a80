import { readJson } from '../../platform/json/index.js';
import type { ProblemKind } from '../../platform/problem/index.js';
import { field, type FieldsOfJson, type ReadValues } from '../commands/command-fields.js';
import { ENTRY_FIELDS, type EntryCommand } from '../commands/entry-command.js';
import { ORIGINAL_WHOLE } from '../commands/purchase.js';
import {
  boolean,
  decimal,
  FieldRefusal,
  id,
  nullable,
  optional,
  text,
  texts,
} from '../commands/json-fields.js';
import { IMPORT_PROBLEMS } from '../credits.problems.js';

const USER_FIELDS = {
  id: field('id', id),
  email: field('email', optional(text)),
  name: field('name', optional(text)),
  roles: field('roles', texts),
} as const;

const MODULE_FIELDS = {
  id: field('id', id),
  name: field('name', text),
  partnerId: field('partnerId', nullable(id)),
  creditCost: field('creditCost', decimal),
  requiresPurchasedCredits: field('requiresPurchasedCredits', optional(boolean)),
  archived: field('archived', optional(boolean)),
} as const;

/** The fields of each type of line, without `type` (docs/rules.md, "Entries"; docs/contract.md, imports). */
const FIELDS = { user: USER_FIELDS, module: MODULE_FIELDS, ...ENTRY_FIELDS } as const;

/** The types of lines. */
export type LineType = keyof typeof FIELDS;
export const LINE_TYPES = Object.keys(FIELDS) as LineType[];

export type UserLine = { readonly type: 'user' } & ReadValues<typeof USER_FIELDS>;
export type ModuleLine = { readonly type: 'module' } & ReadValues<typeof MODULE_FIELDS>;
/** A valid line: a user, a module, or a command that records an entry. */
export type ImportLine = UserLine | ModuleLine | EntryCommand;

/** The reason for which a line is refused. */
export interface LineRefusal {
  readonly kind: ProblemKind;
  readonly reason: string;
  /** Type and id are null if they could not be read. */
  readonly type: LineType | null;
  readonly id: string | null;
}

/** Whether the line records a user or a module, not an entry. */
export function isUserOrModule(line: ImportLine): line is UserLine | ModuleLine {
  return line.type === 'user' || line.type === 'module';
}

/**
 * Reads one line of an import strictly. For example, it refuses unknown fields, numbers instead of decimal strings, and
 * dates that do not exist.
 */
export function readImportLine(
  json: string,
): { readonly line: ImportLine } | { readonly refusal: LineRefusal } {
  const reading = readJson(json);
  if ('error' in reading) {
    const { field, message } = reading.error;
    return refuse(IMPORT_PROBLEMS.NOT_JSON, `${field} ${message}`);
  }
  const record = reading.value;
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return refuse(IMPORT_PROBLEMS.NOT_JSON, 'the line must be one JSON object');
  }
  const { type, ...given } = record as Record<string, unknown>;
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) {
    return refuse(IMPORT_PROBLEMS.UNKNOWN_TYPE, `type must be one of ${LINE_TYPES.join(', ')}`);
  }
  return readFields(type as LineType, given);
}

function readFields(
  type: LineType,
  given: Readonly<Record<string, unknown>>,
): { readonly line: ImportLine } | { readonly refusal: LineRefusal } {
  const fields: FieldsOfJson = FIELDS[type];
  const givenId = given.externalId ?? given.id;
  const naming = { type, id: typeof givenId === 'string' ? givenId.slice(0, 128) : null };
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) {
    const known = Object.keys(fields).join(', ');
    return refuse(
      IMPORT_PROBLEMS.BAD_FIELD,
      `${unknown.slice(0, 100)} is not a field of a line of type ${type}; the fields are ${known}`,
      naming,
    );
  }
  const line: Record<string, unknown> = { type };
  for (const [key, { name, read }] of Object.entries(fields)) {
    try {
      line[name] = read(given[key]);
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      const complaint = given[key] === undefined ? 'is missing' : error.message;
      return refuse(IMPORT_PROBLEMS.BAD_FIELD, `${key} ${complaint}`, naming);
    }
  }
  const complaint = complaintAbout(line as unknown as ImportLine);
  return complaint === null
    ? { line: line as unknown as ImportLine }
    : refuse(IMPORT_PROBLEMS.BAD_FIELD, complaint, naming);
}

/** Checks fields that depend on each other. */
function complaintAbout(line: ImportLine): string | null {
  if ('expiresAt' in line && line.expiresAt !== null && line.expiresAt <= line.occurredAt) {
    return 'expiresAt must be after occurredAt';
  }
  if (line.type !== 'purchase' || (line.originalAmount === null) === (line.originalCurrency === null)) {
    return null;
  }
  return ORIGINAL_WHOLE;
}

function refuse(
  kind: ProblemKind,
  reason: string,
  naming: Pick<LineRefusal, 'type' | 'id'> = { type: null, id: null },
): { readonly refusal: LineRefusal } {
  return { refusal: { kind, reason, ...naming } };
}
