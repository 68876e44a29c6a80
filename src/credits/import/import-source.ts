import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../platform/problem/index.js';
import { IMPORT_PROBLEMS } from '../credits.problems.js';

/** The first bytes of every gzip stream (RFC 1952, 2.3.1). */
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/**
 * Decompresses a gzip stream while it is read.
 *
 * @throws Problem 400 while reading, if the bytes are not a gzip stream or end too early
 */
export async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // The error reaches the loop below through the destroyed stream.
  pipeline(packed, gunzip, () => {});
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    if (!isUnpackingFailure(error)) throw error;
    throw new Problem(
      IMPORT_PROBLEMS.NOT_GZIP,
      `The gzip stream cannot be decompressed (${(error as Error).message}), so nothing was imported. Compress the file again, or send it uncompressed.`,
      { cause: error },
    );
  }
}

/** Decompresses a stream that begins with gzip's first bytes; returns any other stream unchanged. */
export async function* gunzippedIfPacked(stream: Readable): AsyncGenerator<Uint8Array> {
  const bytes = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const first = await bytes.next();
  if (first.done === true) return;
  const isPacked = GZIP_MAGIC.every((byte, index) => first.value[index] === byte);
  const whole = restOf(first.value, bytes);
  yield* isPacked ? gunzipped(Readable.from(whole)) : whole;
}

async function* restOf(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Error codes of zlib begin with Z_, for example Z_DATA_ERROR. */
function isUnpackingFailure(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('Z_');
}
