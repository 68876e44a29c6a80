import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem/index.js';
import { UPLOAD_PROBLEMS } from './transfers.problems.js';

/** A body that is read as a stream. */
export interface Upload {
  /** Throws Problem 400 if the client disconnects before the body is complete, 408 if it stops sending. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Aborted if the client disconnects before the body is complete; never afterwards. */
  readonly signal: AbortSignal;
}

/**
 * Reads the body of a request.
 *
 * @param silence_ms how long to wait for the next bytes; time in which the reader does not read does not count
 */
export function uploadOf(request: IncomingMessage, silence_ms: number): Upload {
  const left = new AbortController();
  const look = (): void => {
    if (!request.complete) left.abort();
  };
  request.once('close', look);
  if (request.destroyed) look();
  return { bytes: bytesOf(request, silence_ms), signal: left.signal };
}

async function* bytesOf(request: IncomingMessage, silence_ms: number): AsyncGenerator<Uint8Array> {
  const chunks = request[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    const next = await nextOf(chunks, request, silence_ms);
    if (next.done === true) return;
    yield next.value;
  }
}

async function nextOf(
  chunks: AsyncIterator<Uint8Array>,
  request: IncomingMessage,
  silence_ms: number,
): Promise<IteratorResult<Uint8Array>> {
  let limit: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(stoppedSending(silence_ms)), silence_ms);
  });
  try {
    return await Promise.race([chunks.next(), silent]);
  } catch (error) {
    if (error instanceof Problem || request.complete) throw error;
    throw new Problem(
      UPLOAD_PROBLEMS.BROKEN_OFF,
      'The connection ended before the body was complete, so nothing was recorded. Send the whole body again.',
      { cause: error },
    );
  } finally {
    clearTimeout(limit);
  }
}

function stoppedSending(silence_ms: number): Problem {
  return new Problem(
    UPLOAD_PROBLEMS.SILENT,
    `No bytes of the body arrived for ${silence_ms / 1_000} s, so nothing was recorded. Send the whole body again.`,
    { headers: { Connection: 'close' } },
  );
}
