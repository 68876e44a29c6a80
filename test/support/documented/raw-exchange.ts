import type { Exchange } from './exchange.js';

/**
 * Reads the first request and the first answer from the bytes of a connection.
 *
 * @returns null if the bytes are not a request with a route, or the answer is not complete
 */
export function exchangeOfBytes(baseUrl: string, sent: Buffer, received: Buffer): Exchange | null {
  const request = /^([A-Z]+) (\/\S*) HTTP\/1\.1\r\n/.exec(sent.toString('latin1'));
  const [head, body] = cut(received);
  const [statusLine = '', ...lines] = head.toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1];
  if (request === null || status === undefined) return null;
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
  const [, method = '', target = ''] = request;
  const isChunked = headers.get('transfer-encoding') === 'chunked';
  return {
    method,
    url: new URL(target, baseUrl).href,
    requestBody: cut(sent)[1].toString('utf8'),
    status: Number(status),
    headers,
    text: (isChunked ? joined(body) : body).toString('utf8'),
  };
}

/** Head and body of a message. */
function cut(message: Buffer): [head: Buffer, body: Buffer] {
  const end = message.indexOf('\r\n\r\n');
  return end < 0 ? [message, Buffer.alloc(0)] : [message.subarray(0, end), message.subarray(end + 4)];
}

/** A body in chunks. */
function joined(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let rest = body;
  for (;;) {
    const lineEnd = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.subarray(0, lineEnd).toString('latin1'), 16);
    if (lineEnd < 0 || !(size > 0)) return Buffer.concat(chunks);
    chunks.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    rest = rest.subarray(lineEnd + 2 + size + 2);
  }
}
