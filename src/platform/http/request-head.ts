import type { NextFunction, Request, Response } from 'express';
import { Problem } from '../problem/index.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';

/**
 * Express middleware that refuses errors that Node's parser accepts: no or several Host headers, an unknown `Expect`.
 */
export function judgeRequestHead(request: Request, _response: Response, next: NextFunction): void {
  next(hostProblem(request) ?? expectProblem(request));
}

/** RFC 9112, 3.2. */
function hostProblem({ httpVersion, headersDistinct }: Request): Problem | undefined {
  const { host = [] } = headersDistinct;
  if (host.length === 1 || (host.length === 0 && httpVersion === '1.0')) return undefined;
  const message = 'must be sent exactly once';
  return new Problem(HTTP_PROBLEMS.BAD_REQUEST, `The header Host ${message}.`, {
    errors: [{ field: 'header.Host', message }],
  });
}

/** RFC 9110, 10.1.1: 100-continue is the only defined expectation. */
function expectProblem({ headers: { expect } }: Request): Problem | undefined {
  if (expect === undefined || expect.trim().toLowerCase() === '100-continue') return undefined;
  const message = 'must be 100-continue or absent';
  return new Problem(HTTP_PROBLEMS.EXPECTATION_FAILED, `The header Expect ${message}.`, {
    errors: [{ field: 'header.Expect', message }],
    headers: { Connection: 'close' }, // the client may still send its body
  });
}
