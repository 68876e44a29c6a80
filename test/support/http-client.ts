import { connect } from 'node:net';
import type { ProblemDocument } from '../../src/platform/problem/index.js';
import { assertDocumented } from './documented/answer-check.js';
import { exchangeOfBytes } from './documented/raw-exchange.js';

/** A complete answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body. */
  json<T>(): T;
}

/** A request of a test; a body that is neither text nor bytes is sent as JSON. */
export interface TestRequest {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Why openapi.json does not contain the answer; all other answers are compared with it. */
  readonly undocumented?: string;
}

/**
 * Sends one request and reads the answer.
 *
 * @throws Error if openapi.json does not contain such an answer
 */
export async function send(url: string, request: TestRequest = {}): Promise<Answer> {
  const { method = 'GET', token, body } = request;
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  if (request.undocumented === undefined) {
    assertDocumented({ method, url, requestBody: body, status, headers, text });
  }
  return { status, headers, text, json: <T>() => JSON.parse(text) as T };
}

/** `fetch` for clients with their own way of sending; their answers are compared with openapi.json, too. */
export async function documentedFetch(request: Request): Promise<Response> {
  const requestBody = request.body === null ? undefined : await request.clone().text();
  const response = await fetch(request);
  const text = await response.clone().text();
  const { method, url } = request;
  assertDocumented({ method, url, requestBody, status: response.status, headers: response.headers, text });
  return response;
}

/**
 * Sends bytes unchanged, because fetch corrects or refuses invalid ones, and reads until the server closes.
 *
 * @param lines request line and headers; `Host` and `Connection: close` are added
 */
export function sendRaw(
  baseUrl: string,
  lines: readonly string[],
  body: string | Uint8Array = '',
): Promise<{ status: number; text: string }> {
  const head = `${[...lines, 'Host: test', 'Connection: close'].join('\r\n')}\r\n\r\n`;
  return sendBytes(baseUrl, Buffer.concat([Buffer.from(head), Buffer.from(body)]));
}

/**
 * Sends bytes in one piece, whatever they contain, and reads until the server closes; the status is that of the first
 * answer.
 */
export async function sendBytes(
  baseUrl: string,
  bytes: string | Uint8Array,
): Promise<{ status: number; text: string }> {
  const answer = await bytesAnsweredTo(baseUrl, bytes);
  const exchange = exchangeOfBytes(baseUrl, Buffer.from(bytes), answer);
  if (exchange !== null) assertDocumented(exchange);
  const text = answer.toString('utf8');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text };
}

function bytesAnsweredTo(baseUrl: string, bytes: string | Uint8Array): Promise<Buffer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks)));
  });
}

const FIELD_ERROR = {
  field: expect.stringMatching(/./) as string,
  message: expect.stringMatching(/./) as string,
};

/** The problem document of an answer, after checking all its parts. */
export function problemIn(answer: Answer): ProblemDocument {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const problem = answer.json<ProblemDocument>();
  expect(problem).toMatchObject({
    type: `urn:problem:${problem.code}`,
    status: answer.status,
    code: expect.stringMatching(/^[A-Z]+(?:\.[A-Z_]+)+$/) as string,
    title: expect.stringMatching(/./) as string,
    detail: expect.stringMatching(/\.$/) as string,
    requestId: answer.headers.get('x-request-id'),
  });
  // Every 400 names what to change: docs/contract.md, "Errors and operation".
  if (problem.status === 400)
    expect(problem.errors).toEqual([FIELD_ERROR, ...(problem.errors?.slice(1) ?? [])]);
  return problem;
}

/** The problem document of an answer that must have this status. */
export function refusal(answer: Answer, status = 400): ProblemDocument {
  const problem = problemIn(answer);
  expect(problem.status).toBe(status);
  return problem;
}

/** The fields that a 400 names. */
export function refusedFields(answer: Answer): string[] {
  return (refusal(answer).errors ?? []).map(({ field }) => field);
}
