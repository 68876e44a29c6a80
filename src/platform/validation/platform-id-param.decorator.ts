import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { isPlatformId, PLATFORM_ID } from '../../domain/index.js';
import { Problem } from '../problem/index.js';
import { PLATFORM_ID_MESSAGE } from './platform-id.decorator.js';
import { VALIDATION_PROBLEMS } from './validation.problems.js';

/**
 * An id in the path: `show(@PlatformIdParam('id') id: string)`. It reaches the handler unchanged or is refused with
 * 400; the handler must answer 404 if the id does not exist.
 */
export function PlatformIdParam(name: string, options: { example?: string } = {}): ParameterDecorator {
  const { example = 'usr_42' } = options;
  const pipe: PipeTransform<unknown, string> = {
    transform: (value) => {
      if (typeof value === 'string' && isPlatformId(value)) {
        return value;
      }
      throw new Problem(VALIDATION_PROBLEMS.INVALID, `The ${name} in the path is not an id.`, {
        errors: [{ field: `path.${name}`, message: PLATFORM_ID_MESSAGE }],
      });
    },
  };
  return (target, key, index) => {
    Param(name, pipe)(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) {
      ApiParam({ name, schema: { type: 'string', pattern: PLATFORM_ID.source, maxLength: 128, example } })(
        target,
        key,
        descriptor,
      );
    }
  };
}
