import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Problem } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from './validation.problems.js';

/** The form of a parameter in the path. */
export interface ParamForm {
  readonly isValid: (text: string) => boolean;
  /** What the parameter is: `an id`. */
  readonly kind: string;
  readonly message: string;
  /** For the OpenAPI document. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A parameter in the path that reaches the handler unchanged, or is refused with 400. */
export function CheckedParam(
  name: string,
  { isValid, kind, message, schema }: ParamForm,
): ParameterDecorator {
  const pipe: PipeTransform<unknown, string> = {
    transform: (value) => {
      if (typeof value === 'string' && isValid(value)) return value;
      throw new Problem(VALIDATION_PROBLEMS.INVALID, `The ${name} in the path is not ${kind}.`, {
        errors: [{ field: `path.${name}`, message }],
      });
    },
  };
  return (target, key, index) => {
    Param(name, pipe)(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) {
      ApiParam({ name, schema: { type: 'string', ...schema } })(target, key, descriptor);
    }
  };
}
