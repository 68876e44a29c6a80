import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { abandon } from './abandon.js';

/** Signature, flags and an empty extension (PostgreSQL's manual, "COPY", Binary Format). */
const HEADER_BYTES = 19;
/** Before each text: the number of columns in two bytes, the length of the text in four. */
const FRAME_BYTES = 6;
const TRAILER = 'ffff';

/**
 * Streams the texts that a query returns, byte by byte, with COPY: the fastest way, with flat memory, at the reader's
 * pace. The binary format is used because COPY's text formats end lines with LF only, and escape.
 *
 * @param query must return one text column without nulls; its values are literals, because COPY accepts no parameters
 * @returns pieces of the texts, cut at any byte. If the reader stops early, the connection is ended: the session still
 *   waits for the reader of its COPY, so it cannot run another statement.
 * @throws errors of the query or the connection
 */
export async function* copyTexts(client: PoolClient, query: string): AsyncGenerator<Buffer> {
  const stream = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  stream.on('error', () => {}); // the connection can fail after the reader has gone
  const frames = new Frames();
  let isReading = true;
  try {
    for await (const chunk of stream) yield frames.textsIn(chunk as Buffer);
    isReading = false;
  } catch (error) {
    isReading = false; // the query or the connection has failed, so the session does not wait for a reader
    throw error;
  } finally {
    if (isReading) abandon(client);
  }
  frames.assertEnded();
}

/** Removes the frames between the texts. */
class Frames {
  /** Bytes of the current text that are still to come. */
  private left = 0;
  private skipped = 0;
  /** The beginning of a frame that a piece's end cuts, in hex. */
  private started = '';

  /** The texts in a piece of the stream, compacted in the piece's own memory. */
  textsIn(chunk: Buffer): Buffer {
    let [read, written] = [this.skipHeader(chunk), 0];
    while (read < chunk.length) {
      if (this.left === 0) {
        read = this.readFrame(chunk, read);
      } else {
        const end = Math.min(read + this.left, chunk.length);
        chunk.copyWithin(written, read, end);
        written += end - read;
        this.left -= end - read;
        read = end;
      }
    }
    return chunk.subarray(0, written);
  }

  /** @throws Error if the stream ended before its trailer */
  assertEnded(): void {
    if (this.left > 0 || this.started !== TRAILER)
      throw new Error('The stream of COPY ended before its trailer.');
  }

  private skipHeader(chunk: Buffer): number {
    const bytes = Math.min(HEADER_BYTES - this.skipped, chunk.length);
    this.skipped += bytes;
    return bytes;
  }

  private readFrame(chunk: Buffer, at: number): number {
    if (this.started === '' && at + FRAME_BYTES <= chunk.length) {
      this.left = chunk.readInt32BE(at + 2);
      return at + FRAME_BYTES;
    }
    const end = Math.min(at + FRAME_BYTES - this.started.length / 2, chunk.length);
    this.started += chunk.toString('hex', at, end);
    if (this.started.length === 2 * FRAME_BYTES) {
      this.left = Number.parseInt(this.started.slice(4), 16);
      this.started = '';
    }
    return end;
  }
}
