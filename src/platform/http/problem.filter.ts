import { Catch, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PROBLEM_MEDIA_TYPE, Problem, problemDocument } from '../problem/index.js';
import { allowedMethods } from './allowed-methods.js';
import { databaseComplaint } from './database-failure.js';
import { isHealthProbe } from './health-probe.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import { PROBLEM_PAGE_TYPE, problemPage, wantsPage } from './problem-page.js';
import { assignRequestId } from './request-id.js';
import { toProblem } from './to-problem.js';

/** Default headers by status: the required scheme (RFC 9110, 11.6.1; RFC 6750, 3), or when to retry. */
const HEADERS_BY_STATUS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'Bearer realm="api"' },
  429: { 'Retry-After': '5' },
  503: { 'Retry-After': '5' },
};

/**
 * Called with every problem before the caller gets it. Features use it to record refusals without a dependency of the
 * platform on them. It must never reject.
 */
export type ProblemListener = (problem: Problem, request: Request, requestId: string) => Promise<void>;

/** Converts everything that is thrown in the HTTP application to `application/problem+json` (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly listener: ProblemListener = () => Promise.resolve()) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    if (error instanceof NotFoundException && request.route === undefined) {
      answerUnrouted(request, response);
      return;
    }
    const problem = toProblem(error);
    const requestId = assignRequestId(request, response);
    if (isHealthProbe(request)) this.logger.debug(problem.detail); // the probe gets the answer; changes are logged elsewhere
    else this.log(problem, requestId);
    await this.listener(problem, request, requestId);
    send(problem, request, response);
  }

  /**
   * Logs server errors. Errors of the caller are not logged, unless the database detected them: then a check of ours is
   * missing.
   */
  private log(problem: Problem, requestId: string): void {
    if (problem.kind.status >= 500) {
      this.logger.error({ err: problem.cause ?? problem, requestId });
      return;
    }
    const complaint = databaseComplaint(problem.cause);
    if (complaint !== null) this.logger.warn({ err: complaint, requestId });
  }
}

/** Answers a request without a route: the address is unknown, or it has other methods. */
function answerUnrouted(request: Request, response: Response): void {
  const allowed = allowedMethods(request);
  if (allowed.length > 0 && request.method === 'OPTIONS') {
    response.setHeader('Allow', allowed.join(', '));
    response.status(204).end();
    return;
  }
  const problem =
    allowed.length === 0
      ? new Problem(
          HTTP_PROBLEMS.ROUTE_NOT_FOUND,
          'There is no route at this address. The OpenAPI document lists all routes.',
        )
      : new Problem(HTTP_PROBLEMS.METHOD_NOT_ALLOWED, `This address accepts only ${allowed.join(', ')}.`, {
          headers: { Allow: allowed.join(', ') },
        });
  send(problem, request, response);
}

function send(problem: Problem, request: Request, response: Response): void {
  if (response.headersSent) {
    // A part of the answer is already sent. Only a broken connection can show that it is incomplete.
    response.destroy();
    return;
  }
  const document = problemDocument(problem, assignRequestId(request, response));
  response.removeHeader('Content-Disposition');
  response.removeHeader('ETag');
  response.set({ ...HEADERS_BY_STATUS[problem.kind.status], ...problem.headers });
  response.set('Cache-Control', 'no-store');
  response.status(problem.kind.status);
  if (wantsPage(request)) {
    response.vary('Accept');
    response.setHeader('Content-Type', PROBLEM_PAGE_TYPE);
    response.send(problemPage(document));
    return;
  }
  response.setHeader('Content-Type', PROBLEM_MEDIA_TYPE);
  // Sends bytes, because Express adds a charset parameter for text, which this media type does not have.
  response.send(Buffer.from(JSON.stringify(document)));
}
