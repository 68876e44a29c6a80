import type { IncomingMessage } from 'node:http';
import { Problem } from '../problem/index.js';
import { UPLOAD_PROBLEMS } from './transfers.problems.js';

/** A body that is read as it comes. */
export interface Upload {
  /** Throws Problem 400 where the client leaves before the body is whole, 408 where it falls silent. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Aborted when the client leaves before the body is whole; never afterwards. */
  readonly signal: AbortSignal;
}

/**
 * Reads the body of a request.
 *
 * @param silence_ms how long the reader waits for the next bytes; the time in which it does not read does not count
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
    limit = setTimeout(() => reject(fellSilent(silence_ms)), silence_ms);
  });
  try {
    return await Promise.race([chunks.next(), silent]);
  } catch (error) {
    if (error instanceof Problem || request.complete) throw error;
    throw new Problem(
      UPLOAD_PROBLEMS.BROKEN_OFF,
      'The connection ended before the body did, so nothing of it was recorded; send all of it again.',
      { cause: error },
    );
  } finally {
    clearTimeout(limit);
  }
}

function fellSilent(silence_ms: number): Problem {
  return new Problem(
    UPLOAD_PROBLEMS.SILENT,
    `No bytes of the body came for ${silence_ms / 1_000} s, so nothing of it was recorded; send all of it again.`,
    { headers: { Connection: 'close' } },
  );
}
