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

/**
 * What refusals of these statuses carry where they say nothing else: the scheme that is needed (RFC 9110, 11.6.1; RFC
 * 6750, 3), or when to ask again.
 */
const HEADERS_BY_STATUS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { 'WWW-Authenticate': 'Bearer realm="api"' },
  429: { 'Retry-After': '5' },
  503: { 'Retry-After': '5' },
};

/**
 * Hears of every problem before the caller does: the port through which a feature can keep a trace of refusals without
 * the platform knowing it. It never rejects.
 */
export type ProblemListener = (problem: Problem, request: Request, requestId: string) => Promise<void>;

/** Turns everything that is thrown anywhere behind the HTTP door into `application/problem+json` (RFC 9457). */
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
    if (isHealthProbe(request))
      this.logger.debug(problem.detail); // whoever probes is told; the change was logged
    else this.log(problem, requestId);
    await this.listener(problem, request, requestId);
    send(problem, request, response);
  }

  /** What the caller is blamed for is not logged, unless the database had to say it: then a check of ours let it by. */
  private log(problem: Problem, requestId: string): void {
    if (problem.kind.status >= 500) {
      this.logger.error({ err: problem.cause ?? problem, requestId });
      return;
    }
    const complaint = databaseComplaint(problem.cause);
    if (complaint !== null) this.logger.warn({ err: complaint, requestId });
  }
}

/** Nothing is routed here: the address is unknown, or known with other methods. */
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
          'This service has nothing at this address; its OpenAPI document lists all.',
        )
      : new Problem(HTTP_PROBLEMS.METHOD_NOT_ALLOWED, `This address takes ${allowed.join(', ')}.`, {
          headers: { Allow: allowed.join(', ') },
        });
  send(problem, request, response);
}

function send(problem: Problem, request: Request, response: Response): void {
  if (response.headersSent) {
    // Half an answer is out. Breaking the connection is the only way left to say that it is not whole.
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
    response.end(problemPage(document));
    return;
  }
  // Through end(), as Express's send() would add a charset parameter, which this media type does not have.
  response.setHeader('Content-Type', PROBLEM_MEDIA_TYPE);
  response.end(JSON.stringify(document));
}
