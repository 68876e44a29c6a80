import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { Response } from 'express';
import { CSV_TYPE } from './csv-format.js';

/** A file that has begun: its first rows are there. */
export interface OpenCsv {
  readonly fileName: string;
  /** The whole file in pieces, cut anywhere; throws where it cannot be completed. */
  readonly text: AsyncIterable<string | Buffer> | Iterable<string | Buffer>;
}

/** Takes a file to where it is wanted; what it is read from stays open until it is done. */
export type CsvDelivery = (csv: OpenCsv) => Promise<void>;

/** How long a reader may take nothing before it is given up: its snapshot holds a connection. */
const STALLED_MS = 120_000;

/** More would hold up the reader for files that are a tenth smaller. */
const GZIP = { level: constants.Z_BEST_SPEED };

/**
 * Answers a request with an export, at the reader's pace, compressed where it asks for gzip. A reader that goes away frees the connection at once; an
 * export that breaks off breaks the reader's connection too, so that nobody takes a short file for a whole one.
 *
 * @param write begins the export; what it throws before anything is sent can still become an answer
 * @throws whatever breaks the export, but not that the reader has gone
 */
export async function sendCsv(
  response: Response,
  write: (deliver: CsvDelivery, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const gone = new AbortController();
  let hasBroken = false;
  response.once('close', () => {
    if (!response.writableFinished && !hasBroken) gone.abort();
  });
  const deliver: CsvDelivery = async ({ fileName, text }) => {
    response.setHeader('Content-Type', `${CSV_TYPE}; charset=utf-8`);
    response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
    const isCompressed = wantsGzip(response);
    if (isCompressed) response.setHeader('Content-Encoding', 'gzip');
    if (response.req.method === 'HEAD') {
      response.end();
      gone.abort(); // nobody takes the file, so nothing of it is to be read
      return;
    }
    response.setTimeout(STALLED_MS, () => response.destroy());
    const file = noticing(text, () => (hasBroken = !gone.signal.aborted));
    await (isCompressed ? pipeline(file, createGzip(GZIP), response) : pipeline(file, response));
  };
  try {
    await write(deliver, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}

function wantsGzip(response: Response): boolean {
  response.vary('Accept-Encoding');
  return response.req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
}

/** Tells of a break before the pipeline destroys the response for it, which looks like a reader that goes away. */
async function* noticing(text: OpenCsv['text'], onBreak: () => void): AsyncGenerator<string | Buffer> {
  try {
    yield* text;
  } catch (error) {
    onBreak();
    throw error;
  }
}
