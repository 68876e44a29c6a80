import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problem/index.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';

/** Maximum length of an address with its parameters, in characters (docs/contract.md, "Errors and operation"). */
const ADDRESS_MAX_CHARACTERS = 32 * 1024;

/**
 * Maximum size of an address and all headers in bytes. Beyond it, Node's parser stops, and the requested address is
 * unknown. It leaves room for the longest address and for the tokens of identity providers.
 */
export const HEADERS_MAX_BYTES = 64 * 1024;

/** Refuses addresses that are too long with 414, before any other code reads them. */
export function limitAddress(request: Request, _response: Response, next: NextFunction): void {
  const { length } = request.url;
  if (length <= ADDRESS_MAX_CHARACTERS) {
    next();
    return;
  }
  next(
    new Problem(
      HTTP_PROBLEMS.ADDRESS_TOO_LONG,
      `The address has ${length} characters; the limit is ${ADDRESS_MAX_CHARACTERS}. Send fewer parameters, or use the POST route with a body if there is one.`,
    ),
  );
}
