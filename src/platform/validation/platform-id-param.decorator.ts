import { isPlatformId, PLATFORM_ID } from '../../domain/index.js';
import { CheckedParam } from './checked-param.js';
import { PLATFORM_ID_MESSAGE } from './platform-id.decorator.js';

/**
 * An id in the path: `show(@PlatformIdParam('id') id: string)`. It reaches the handler unchanged or is refused with
 * 400; the handler must answer 404 if the id does not exist.
 */
export function PlatformIdParam(name: string, options: { example?: string } = {}): ParameterDecorator {
  const { example = 'usr_42' } = options;
  return CheckedParam(name, {
    isValid: isPlatformId,
    kind: 'an id',
    message: PLATFORM_ID_MESSAGE,
    schema: { pattern: PLATFORM_ID.source, maxLength: 128, example },
  });
}
