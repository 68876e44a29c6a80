import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiConsumes, ApiProduces } from '@nestjs/swagger';

/** Metadata keys of what a route takes and gives; read by the request form interceptor. */
export const BODY_LIMIT = Symbol('body-limit');
export const BODY_STREAM = Symbol('body-stream');
export const PRODUCED_TYPES = Symbol('produced-types');

export const JSON_TYPE = 'application/json';
/** Longest JSON body where a route says nothing else. */
export const DEFAULT_BODY_LIMIT_BYTES = 64 * 1024;

/** What a handler that reads its own body takes. */
export interface BodyStreamFormat {
  readonly mediaTypes: readonly string[];
  /** `Content-Encoding`s that the handler undoes itself, beyond none. */
  readonly encodings: readonly string[];
}

/** Lets a route's JSON body be longer (or makes it shorter) than the usual 64 kB. */
export function BodyLimit(bytes: number): MethodDecorator {
  return SetMetadata(BODY_LIMIT, bytes);
}

/** The handler reads the request as a stream: the body is left alone, only its type and encoding are judged. */
export function ReadsBodyStream(format: BodyStreamFormat): MethodDecorator {
  return applyDecorators(SetMetadata(BODY_STREAM, format), ApiConsumes(...format.mediaTypes));
}

/** The media types that the route can answer with; JSON alone where a route says nothing. */
export function Produces(...mediaTypes: readonly [string, ...string[]]): MethodDecorator {
  return applyDecorators(SetMetadata(PRODUCED_TYPES, mediaTypes), ApiProduces(...mediaTypes));
}
