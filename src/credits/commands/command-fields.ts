import type { EntryColumn } from '../ledger/entry-columns.js';
import type { FieldReader } from './json-fields.js';

/** What a command says: the columns that its entry fills, and the free text that is kept apart from the ledger. */
export type CommandValue = Exclude<EntryColumn, 'type'> | 'reason';

/** A field of a command's JSON: which value it gives, and how it is read. */
export interface CommandField<Name extends string, T> {
  readonly name: Name;
  readonly read: FieldReader<T>;
}

/** Says that a field of JSON gives the value of this name. */
export function field<Name extends string, T>(name: Name, read: FieldReader<T>): CommandField<Name, T> {
  return { name, read };
}

/** The fields of one kind of record, by their names in JSON. */
export type FieldsOfJson = Readonly<Record<string, CommandField<string, unknown>>>;

/** What reading these fields gives. */
export type ReadValues<Fields extends FieldsOfJson> = {
  readonly [Field in keyof Fields as Fields[Field]['name']]: Fields[Field] extends CommandField<
    string,
    infer T
  >
    ? T
    : never;
};
