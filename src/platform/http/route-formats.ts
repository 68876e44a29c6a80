import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiConsumes, ApiProduces } from '@nestjs/swagger';

/** Metadata keys for the formats of a route; the request form interceptor reads them. */
export const BODY_LIMIT = Symbol('body-limit');
export const BODY_STREAM = Symbol('body-stream');
export const PRODUCED_TYPES = Symbol('produced-types');

export const JSON_TYPE = 'application/json';
/** Default limit of a JSON body. */
export const DEFAULT_BODY_LIMIT_BYTES = 64 * 1024;

/** Formats that a handler accepts if it reads its own body. */
export interface BodyStreamFormat {
  readonly mediaTypes: readonly string[];
  /** `Content-Encoding`s that the handler decodes itself, in addition to none. */
  readonly encodings: readonly string[];
}

/** Sets the size limit of a route's JSON body, instead of 64 kB. */
export function BodyLimit(bytes: number): MethodDecorator {
  return SetMetadata(BODY_LIMIT, bytes);
}

/** Marks a handler that reads the request as a stream: only type and encoding of the body are checked. */
export function ReadsBodyStream(format: BodyStreamFormat): MethodDecorator {
  return applyDecorators(SetMetadata(BODY_STREAM, format), ApiConsumes(...format.mediaTypes));
}

/** Declares the media types of a route's answers; the default is JSON only. */
export function Produces(...mediaTypes: readonly [string, ...string[]]): MethodDecorator {
  return applyDecorators(SetMetadata(PRODUCED_TYPES, mediaTypes), ApiProduces(...mediaTypes));
}
