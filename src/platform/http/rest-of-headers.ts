import type { Duplex } from 'node:stream';

/** A client that has begun to send its headers is done with them soon. */
const PATIENCE_MS = 1_000;
/** Nobody's headers are longer, but for those of who sends without end. */
const READ_MAX_BYTES = 4 * 1024 * 1024;
/** As much of their end is looked at: the header Accept stands behind the address. */
const KEPT_CHARACTERS = 16 * 1024;

/**
 * Reads on after the parser has given up, to the end of the headers: they tell who asks, and a client that may send all
 * it has to say also reads the answer.
 *
 * @param begun what the parser had when it gave up
 * @returns the last of the headers
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
