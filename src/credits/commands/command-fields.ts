import type { EntryColumn } from '../ledger/entry-columns.js';
import type { FieldReader } from './json-fields.js';

/** The values of a command: the columns of its entry, and the free text, which is not stored in the ledger. */
export type CommandValue = Exclude<EntryColumn, 'type'> | 'reason';

/** A field of a command's JSON: the name of its value, and the function that reads it. */
export interface CommandField<Name extends string, T> {
  readonly name: Name;
  readonly read: FieldReader<T>;
}

/** Defines a field of JSON. */
export function field<Name extends string, T>(name: Name, read: FieldReader<T>): CommandField<Name, T> {
  return { name, read };
}

/** The fields of one kind of record, by their names in JSON. */
export type FieldsOfJson = Readonly<Record<string, CommandField<string, unknown>>>;

/** The values that these fields are read to. */
export type ReadValues<Fields extends FieldsOfJson> = {
  readonly [Field in keyof Fields as Fields[Field]['name']]: Fields[Field] extends CommandField<
    string,
    infer T
  >
    ? T
    : never;
};
