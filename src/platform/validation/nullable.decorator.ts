import 'reflect-metadata';

const NULLABLE_FIELDS = Symbol('nullable-fields');

/**
 * Marks a field in which null means something of its own (docs/rules.md: a module's `partnerId`). In every other
 * optional field null is the same as absent, and handlers never see it. Stands beside `@IsOptional()`.
 */
export function Nullable(): PropertyDecorator {
  return (prototype: object, field: string | symbol) => {
    const fields = new Set<string | symbol>(nullableFieldsOf(prototype)).add(field);
    Reflect.defineMetadata(NULLABLE_FIELDS, fields, prototype);
  };
}

/** The fields of the class, or of those that it extends, that are marked `@Nullable()`. */
export function nullableFieldsOf(prototype: object): ReadonlySet<string | symbol> {
  return (
    (Reflect.getMetadata(NULLABLE_FIELDS, prototype) as ReadonlySet<string | symbol> | undefined) ?? new Set()
  );
}
