import type { Duplex } from 'node:stream';

/** Timeout for the rest of the headers. */
const PATIENCE_MS = 1_000;
/** Limit for a client that sends headers without end; real headers are shorter. */
const READ_MAX_BYTES = 4 * 1024 * 1024;
/** How much of the end of the headers is kept: the header Accept comes after the address. */
const KEPT_CHARACTERS = 16 * 1024;

/**
 * Reads to the end of the headers after the parser has stopped. They show what kind of client it is, and many clients
 * read the answer only after they have sent everything.
 *
 * @param begun the bytes that the parser had read
 * @returns the end of the headers
 */
export function endOfHeaders(socket: Duplex, begun: Buffer = Buffer.alloc(0)): Promise<string> {
  let read = begun.length;
  let end = begun.toString('latin1').slice(-KEPT_CHARACTERS);
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(late);
      socket.off('data', take);
      resolve(end);
    };
    const take = (chunk: Buffer): void => {
      read += chunk.length;
      end = (end + chunk.toString('latin1')).slice(-KEPT_CHARACTERS);
      if (end.includes('\r\n\r\n') || read > READ_MAX_BYTES) done();
    };
    const late = setTimeout(done, PATIENCE_MS);
    socket.once('close', done);
    socket.on('data', take);
    if (end.includes('\r\n\r\n')) done();
  });
}
