import type { EntryType } from '../../domain/index.js';
import { readJson } from '../../platform/json/index.js';
import type { ProblemKind } from '../../platform/problem/index.js';
import { IMPORT_PROBLEMS } from '../credits.problems.js';
import { POOLS, SPEND_CATEGORIES } from './spend-words.js';
import {
  boolean,
  decimal,
  deploymentId,
  FieldRefusal,
  id,
  instant,
  nullable,
  oneOf,
  optional,
  positiveDecimal,
  text,
  texts,
  type FieldReader,
} from './json-fields.js';

/** The fields of each type of line, beside `type` (docs/rules.md, "Entries"; docs/contract.md, imports). */
const FIELDS = {
  user: { id, email: optional(text), name: optional(text), roles: texts },
  module: {
    id,
    name: text,
    partnerId: nullable(id),
    creditCost: decimal,
    requiresPurchasedCredits: optional(boolean),
    archived: optional(boolean),
  },
  award: {
    externalId: id,
    userId: id,
    credits: positiveDecimal,
    occurredAt: instant,
    expiresAt: optional(instant),
    reason: optional(text),
  },
  purchase: {
    externalId: id,
    userId: id,
    credits: positiveDecimal,
    amount: optional(decimal),
    occurredAt: instant,
    expiresAt: optional(instant),
  },
  deployment: {
    id: deploymentId,
    userId: id,
    moduleId: id,
    creditCost: optional(decimal),
    createdAt: instant,
  },
  spend: {
    externalId: id,
    userId: id,
    credits: positiveDecimal,
    category: oneOf(...SPEND_CATEGORIES),
    pool: optional(oneOf(...POOLS)),
    occurredAt: instant,
  },
  refund: {
    externalId: id,
    deploymentId: id,
    credits: optional(positiveDecimal),
    occurredAt: instant,
    reason: optional(text),
  },
  purchaseRefund: {
    externalId: id,
    purchaseExternalId: id,
    credits: optional(positiveDecimal),
    occurredAt: instant,
    reason: optional(text),
  },
} as const satisfies Record<'user' | 'module' | EntryType, Record<string, FieldReader<unknown>>>;

/** What a line may be. */
export type LineType = keyof typeof FIELDS;
export const LINE_TYPES = Object.keys(FIELDS) as LineType[];

type FieldsOf<Type extends LineType> = {
  readonly [Field in keyof (typeof FIELDS)[Type]]: (typeof FIELDS)[Type][Field] extends FieldReader<infer T>
    ? T
    : never;
};

/** A well-formed line: its type and its fields, read. */
type LineOf<Type extends LineType> = { readonly type: Type } & FieldsOf<Type>;
export type UserLine = LineOf<'user'>;
export type ModuleLine = LineOf<'module'>;
/** A line that asks to record a ledger entry. */
export type EntryLine = { [Type in EntryType]: LineOf<Type> }[EntryType];
export type ImportLine = UserLine | ModuleLine | EntryLine;

/** Why a line is refused. */
export interface LineRefusal {
  readonly kind: ProblemKind;
  readonly reason: string;
  /** As far as the line could be read. */
  readonly type: LineType | null;
  readonly id: string | null;
}

/** Reads one line of an import, strictly: an unknown field, a number where a decimal string belongs, a date that does not exist are refused. */
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
  const { type, ...fields } = record as Record<string, unknown>;
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) {
    return refuse(IMPORT_PROBLEMS.UNKNOWN_TYPE, `type must be one of ${LINE_TYPES.join(', ')}`);
  }
  return readFields(type as LineType, fields);
}

/** The id that a line gives to what it records. */
export function idOf(line: ImportLine): string {
  return 'externalId' in line ? line.externalId : line.id;
}

function readFields(
  type: LineType,
  fields: Readonly<Record<string, unknown>>,
): { readonly line: ImportLine } | { readonly refusal: LineRefusal } {
  const readers: Readonly<Record<string, FieldReader<unknown>>> = FIELDS[type];
  const givenId = fields.externalId ?? fields.id;
  const naming = { type, id: typeof givenId === 'string' ? givenId.slice(0, 128) : null };
  const unknown = Object.keys(fields).find((field) => !Object.hasOwn(readers, field));
  if (unknown !== undefined) {
    const known = Object.keys(readers).join(', ');
    return refuse(
      IMPORT_PROBLEMS.BAD_FIELD,
      `${unknown.slice(0, 100)} is no field of a ${type}; it has ${known}`,
      naming,
    );
  }
  const line: Record<string, unknown> = { type };
  for (const [field, read] of Object.entries(readers)) {
    try {
      line[field] = read(fields[field]);
    } catch (error) {
      if (!(error instanceof FieldRefusal)) throw error;
      const complaint = fields[field] === undefined ? 'is missing' : error.message;
      return refuse(IMPORT_PROBLEMS.BAD_FIELD, `${field} ${complaint}`, naming);
    }
  }
  const complaint = expiryComplaint(line as unknown as ImportLine);
  return complaint === null
    ? { line: line as unknown as ImportLine }
    : refuse(IMPORT_PROBLEMS.BAD_FIELD, complaint, naming);
}

function expiryComplaint(line: ImportLine): string | null {
  if (!('expiresAt' in line) || line.expiresAt === null || line.expiresAt > line.occurredAt) return null;
  return 'expiresAt must be after occurredAt';
}

function refuse(
  kind: ProblemKind,
  reason: string,
  naming: Pick<LineRefusal, 'type' | 'id'> = { type: null, id: null },
): { readonly refusal: LineRefusal } {
  return { refusal: { kind, reason, ...naming } };
}
