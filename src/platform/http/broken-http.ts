import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem, PROBLEM_MEDIA_TYPE, problemDocument, type ProblemKind } from '../problem/index.js';
import { HEADERS_MAX_BYTES } from './address-length.js';
import { brokenPart } from './broken-part.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import { PROBLEM_PAGE_TYPE, problemPage } from './problem-page.js';
import { endOfHeaders } from './rest-of-headers.js';

const KIND_BY_CODE: Readonly<Record<string, ProblemKind>> = {
  HPE_HEADER_OVERFLOW: HTTP_PROBLEMS.HEADERS_TOO_LARGE,
  ERR_HTTP_REQUEST_TIMEOUT: HTTP_PROBLEMS.REQUEST_TIMEOUT,
};
const ADVICE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: ` Address and headers can have at most ${HEADERS_MAX_BYTES} bytes together.`,
};
/** A browser that opens an address sends this Accept header; programs that call the API send a token. */
const OF_A_BROWSER = /\r\naccept:[^\r\n]*text\/html/i;
const OF_A_CALLER = /\r\nauthorization:/i;

/** The error of Node's parser. */
type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

/** How long a client can read the answer before its connection is closed. */
const FAREWELL_MS = 1_000;

/** Answers requests that Node's parser cannot read with a problem document too. */
export function answerBrokenHttp(server: Server): void {
  const answered = new WeakSet<Duplex>();
  server.on('clientError', (error: ParserError, socket: Duplex) => {
    if (answered.has(socket)) return; // an error for the rest of the same input
    answered.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    void answer(error, socket);
  });
}

async function answer({ code = '', rawPacket }: ParserError, socket: Duplex): Promise<void> {
  const kind = KIND_BY_CODE[code] ?? HTTP_PROBLEMS.BAD_REQUEST;
  const problem = new Problem(kind, `${kind.title}. The connection is closed.${ADVICE[code] ?? ''}`, {
    ...(kind.status === 400 ? { errors: [brokenPart(code)] } : {}),
  });
  const document = problemDocument(problem, randomUUID());
  const headers = code === 'HPE_HEADER_OVERFLOW' ? await endOfHeaders(socket, rawPacket) : '';
  const isForBrowser = OF_A_BROWSER.test(headers) && !OF_A_CALLER.test(headers);
  const body = isForBrowser ? problemPage(document) : JSON.stringify(document);
  socket.end(
    `HTTP/1.1 ${kind.status} ${kind.title}\r\nContent-Type: ${isForBrowser ? PROBLEM_PAGE_TYPE : PROBLEM_MEDIA_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), FAREWELL_MS).unref();
}
