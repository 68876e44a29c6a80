import 'reflect-metadata';

const NULLABLE_FIELDS = Symbol('nullable-fields');

/**
 * Marks a field in which null has a meaning (docs/rules.md: a module's `partnerId`). In every other optional field null
 * is the same as absent, and handlers never receive it. It must be used together with `@IsOptional()`.
 */
export function Nullable(): PropertyDecorator {
  return (prototype: object, field: string | symbol) => {
    const fields = new Set<string | symbol>(nullableFieldsOf(prototype)).add(field);
    Reflect.defineMetadata(NULLABLE_FIELDS, fields, prototype);
  };
}

/** The fields of the class and its base classes that are marked `@Nullable()`. */
export function nullableFieldsOf(prototype: object): ReadonlySet<string | symbol> {
  return (
    (Reflect.getMetadata(NULLABLE_FIELDS, prototype) as ReadonlySet<string | symbol> | undefined) ?? new Set()
  );
}
