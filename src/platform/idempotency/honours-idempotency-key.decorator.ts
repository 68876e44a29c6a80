import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiProblems } from '../openapi/api-problems.decorator.js';
import { IDEMPOTENCY_KEY_HEADER, IDEMPOTENCY_KEY_MAX_CHARACTERS } from './idempotency-key.js';
import { IDEMPOTENCY_PROBLEMS } from './idempotency.problems.js';

const HONOURS_IDEMPOTENCY_KEY = Symbol('honours-idempotency-key');

/** Marks a POST that can be repeated safely with an `Idempotency-Key`, and documents the header and its errors. */
export function HonoursIdempotencyKey(): MethodDecorator {
  return applyDecorators(
    SetMetadata(HONOURS_IDEMPOTENCY_KEY, true),
    ApiHeader({
      name: IDEMPOTENCY_KEY_HEADER,
      required: false,
      description:
        'Makes the request safe to repeat: within 24 hours the same caller gets the stored answer of the same request, ' +
        'byte for byte. Only a 2xx answer is kept.',
      schema: {
        type: 'string',
        minLength: 1,
        maxLength: IDEMPOTENCY_KEY_MAX_CHARACTERS,
        example: '3f1c9f0e-6a55-4a35-9f0c-5c2b6f0f8a11',
      },
    }),
    ApiProblems(IDEMPOTENCY_PROBLEMS.IN_FLIGHT, IDEMPOTENCY_PROBLEMS.OTHER_REQUEST),
  );
}

/** Whether a handler has this decorator. */
export function honoursIdempotencyKey(handler: object): boolean {
  return Reflect.getMetadata(HONOURS_IDEMPOTENCY_KEY, handler) === true;
}
