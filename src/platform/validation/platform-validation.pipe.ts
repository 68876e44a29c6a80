import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type FieldError } from '../problem/index.js';
import { tooLarge } from './input-size.js';
import { nullableFieldsOf } from './nullable.decorator.js';
import { isAboutOneOfSeveral } from './platform-id.decorator.js';
import { VALIDATION_PROBLEMS } from './validation.problems.js';

/** Maximum number of errors in one answer. */
const MAX_LISTED_ERRORS = 50;
/** Maximum length of a field name in an answer, because names come from the request. */
const MAX_FIELD_CHARACTERS = 200;

/**
 * Validates bodies and queries with their DTO class. Unknown fields and parameters are refused, and values are
 * converted only if a field's decorator does so. Null in an optional field reaches the handler as absent
 * (docs/rules.md), unless the field is `@Nullable()`.
 */
@Injectable()
export class PlatformValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: false, value: true },
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!this.toValidate(metadata)) {
      return value;
    }
    const where = metadata.type === 'query' ? 'query' : 'body';
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw refusal([{ field: where, message: 'must be a JSON object: {"field": "value"}' }]);
    }
    const size = tooLarge(value, where);
    if (size !== null) throw refusal([size]);
    // Not through Nest's exception factory, which does not know whether the errors are of the query or of the body.
    const checked = await this.checked(value, metadata, where);
    if (where === 'body') assertUnconverted(value, checked);
    withoutNulls(checked, metadata.metatype as new () => object);
    return checked;
  }

  private async checked(
    value: unknown,
    metadata: ArgumentMetadata,
    where: 'query' | 'body',
  ): Promise<object> {
    try {
      return (await super.transform(value, metadata)) as object;
    } catch (error) {
      if (error instanceof InvalidFields) {
        const prefix = where === 'query' ? 'query.' : '';
        throw refusal(error.errors.flatMap((field) => fieldErrors(field, prefix)));
      }
      throw error;
    }
  }

  override createExceptionFactory(): (errors?: ValidationError[]) => InvalidFields {
    return (errors = []) => new InvalidFields(errors);
  }
}

/** Transports class-validator's errors out of Nest's pipe. */
class InvalidFields extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super('The input has invalid fields.');
  }
}

function refusal(errors: readonly FieldError[]): Problem {
  const [first] = errors;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more errors; see the field errors.` : '';
  return new Problem(VALIDATION_PROBLEMS.INVALID, `${first?.field} ${first?.message}.${more}`, {
    errors: errors.slice(0, MAX_LISTED_ERRORS),
  });
}

function fieldErrors(error: ValidationError, path: string): FieldError[] {
  const field = `${path}${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
    field: field.slice(0, MAX_FIELD_CHARACTERS),
    message: messageOf(name, message, error, path),
  }));
  const inner = (error.children ?? []).flatMap((child) =>
    /^\d+$/.test(child.property)
      ? fieldErrors({ ...child, property: `[${child.property}]` }, field)
      : fieldErrors(child, `${field}.`),
  );
  return [...own, ...inner];
}

function messageOf(name: string, message: string, error: ValidationError, path: string): string {
  const isOfQuery = path.startsWith('query.');
  if (name === 'whitelistValidation') return isOfQuery ? 'is not a known parameter' : 'is not a known field';
  if (error.value === undefined) return `is missing; it ${message}`;
  const isRepeatable = name === 'isRepeatable' || isAboutOneOfSeveral(error.contexts?.[name]);
  if (isOfQuery && Array.isArray(error.value) && !isRepeatable)
    return `must be sent only once, or ${message}`;
  return message;
}

/**
 * Refuses texts that were converted to other types, which is for parameters only: JSON has its own numbers, booleans
 * and lists. @throws Problem 400
 */
function assertUnconverted(sent: unknown, checked: object): void {
  const texts = Object.entries(sent ?? {}).filter(([, value]) => typeof value === 'string');
  const errors = texts
    .filter(([name]) => typeof (checked as Record<string, unknown>)[name] !== 'string')
    .map(([field]) => ({ field, message: 'must not be a string; write it as JSON: true, 50 or ["a"]' }));
  if (errors.length > 0) throw refusal(errors);
}

/** Replaces null by absent (or by the field's default), in this object and in nested ones. */
function withoutNulls(target: object, type: new () => object): void {
  const nullable = nullableFieldsOf(type.prototype as object);
  const defaults = new type() as Record<string, unknown>;
  const fields = target as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (value === null && !nullable.has(name)) {
      if (defaults[name] === undefined) {
        delete fields[name];
      } else {
        fields[name] = defaults[name];
      }
    }
    for (const inner of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof inner === 'object' && inner !== null && inner.constructor !== Object) {
        withoutNulls(inner, inner.constructor as new () => object);
      }
    }
  }
}
