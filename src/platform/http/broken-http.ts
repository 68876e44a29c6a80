import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem, PROBLEM_MEDIA_TYPE, problemDocument, type ProblemKind } from '../problem/index.js';
import { HTTP_PROBLEMS } from './http.problems.js';

const KIND_BY_CODE: Readonly<Record<string, ProblemKind>> = {
  HPE_HEADER_OVERFLOW: HTTP_PROBLEMS.HEADERS_TOO_LARGE,
  ERR_HTTP_REQUEST_TIMEOUT: HTTP_PROBLEMS.REQUEST_TIMEOUT,
};

/** Answers what Node's parser gives up on, which never becomes a request, with a problem document as well. */
export function answerBrokenHttp(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const kind = KIND_BY_CODE[error.code ?? ''] ?? HTTP_PROBLEMS.BAD_REQUEST;
    const problem = new Problem(kind, `${kind.title}; the connection is closed.`);
    const body = JSON.stringify(problemDocument(problem, randomUUID()));
    socket.end(
      `HTTP/1.1 ${kind.status} ${kind.title}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
}
