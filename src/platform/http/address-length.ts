import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problem/index.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';

/** Longest address that is read, with its parameters, in characters (docs/contract.md, "Errors and operation"). */
const ADDRESS_MAX_CHARACTERS = 32 * 1024;

/**
 * Most bytes of an address and all headers; beyond, Node's parser gives up, and nobody knows any more what was asked for.
 * It leaves room for the longest address and for the tokens of identity providers.
 */
export const HEADERS_MAX_BYTES = 64 * 1024;

/** Refuses addresses that are too long, before anything reads them: 414. */
export function limitAddress(request: Request, _response: Response, next: NextFunction): void {
  const { length } = request.url;
  if (length <= ADDRESS_MAX_CHARACTERS) {
    next();
    return;
  }
  next(
    new Problem(
      HTTP_PROBLEMS.ADDRESS_TOO_LONG,
      `The address has ${length} characters, and ${ADDRESS_MAX_CHARACTERS} are the most; send fewer parameters, or send them in the body of a POST where there is one.`,
    ),
  );
}
