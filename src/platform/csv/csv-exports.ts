import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '../config/index.js';
import { Problem } from '../problem/index.js';
import { EXPORT_PROBLEMS, ExportSlots, watchReader, whenClientLeaves } from '../transfers/index.js';
import { CSV_TYPE } from './csv-format.js';

/** A file that has begun: its first rows are there. */
export interface OpenCsv {
  readonly fileName: string;
  /** The whole file in pieces, cut anywhere; throws where it cannot be completed. */
  readonly text: AsyncIterable<string | Buffer> | Iterable<string | Buffer>;
}

/** Takes a file to where it is wanted; what it is read from stays open until it is done. */
export type CsvDelivery = (csv: OpenCsv) => Promise<void>;

/** A reader that takes less than 16 kB/s over a minute is cut: its export holds a connection and a snapshot. */
const SLOW_WINDOW_MS = 60_000;
const MIN_BYTES_PER_SECOND = 16_384;

/** More would hold up the reader for files that are a tenth smaller. */
const GZIP = { level: constants.Z_BEST_SPEED };

/** One export that is under way. */
interface UnderWay {
  readonly response: Response;
  /** Aborts what the file is read from. */
  readonly ending: AbortController;
  /** Whether the file broke while it was read, and not its reader. */
  hasBroken: boolean;
}

/** Answers requests with files: each caller some at a time, to readers that are fast enough. */
@Injectable()
export class CsvExports {
  private readonly logger = new Logger(CsvExports.name);
  private readonly stall_ms: number;
  private readonly max_ms: number;

  constructor(
    @Inject(CONFIG) { transfers }: Config,
    private readonly slots: ExportSlots,
  ) {
    this.stall_ms = transfers.stall_seconds * 1_000;
    this.max_ms = transfers.exportMax_seconds * 1_000;
  }

  /**
   * Answers a request with an export, at the reader's pace, compressed where it asks for gzip. When the reader leaves, is
   * too slow, or the export takes too long, the export is aborted at once. An export that ends early breaks the connection
   * of its reader, so that a short file never looks whole.
   *
   * @param callerId the `sub` of the caller's token
   * @param write begins the export, and ends it when its signal is aborted; what it throws before anything is sent can
   *   still become an answer
   * @throws Problem 429 or 503 where too many exports are under way, 503 where the first rows do not come in time, and
   *   whatever breaks the export; nothing where the reader has left
   */
  async send(
    response: Response,
    callerId: string,
    write: (deliver: CsvDelivery, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const freeSlot = this.slots.take(callerId);
    const underWay: UnderWay = { response, ending: new AbortController(), hasBroken: false };
    const { signal } = underWay.ending;
    const stopListening = whenClientLeaves(response, () => {
      if (underWay.hasBroken) return;
      underWay.ending.abort();
      response.destroy();
    });
    const limit = setTimeout(() => this.endLate(underWay), this.max_ms);
    try {
      if (!signal.aborted) await write((csv) => this.deliver(csv, underWay), signal);
    } catch (error) {
      if (signal.reason instanceof Problem && !response.headersSent) throw signal.reason;
      if (!signal.aborted) throw error;
    } finally {
      clearTimeout(limit);
      stopListening();
      freeSlot();
    }
  }

  private async deliver({ fileName, text }: OpenCsv, underWay: UnderWay): Promise<void> {
    const { response, ending } = underWay;
    response.setHeader('Content-Type', `${CSV_TYPE}; charset=utf-8`);
    response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
    const isCompressed = wantsGzip(response);
    if (isCompressed) response.setHeader('Content-Encoding', 'gzip');
    if (response.req.method === 'HEAD') {
      response.end();
      ending.abort(); // nobody takes the file, so nothing of it is to be read
      return;
    }
    const file = noticing(text, () => (underWay.hasBroken = !ending.signal.aborted));
    const limits = {
      stall_ms: this.stall_ms,
      window_ms: SLOW_WINDOW_MS,
      min_bytesPerSecond: MIN_BYTES_PER_SECOND,
    };
    const stopWatching = watchReader(response.req.socket, limits, (why) => {
      this.logger.warn(`An export was cut off: its reader ${why}.`);
      response.req.socket.resetAndDestroy(); // else the kernel would keep for minutes what it does not take
    });
    try {
      await (isCompressed ? pipeline(file, createGzip(GZIP), response) : pipeline(file, response));
    } finally {
      stopWatching();
    }
  }

  private endLate({ response, ending }: UnderWay): void {
    const max_seconds = this.max_ms / 1_000;
    this.logger.warn(`An export was ended: it took longer than ${max_seconds} s.`);
    const detail = `The export took longer than ${max_seconds} s; ask for a shorter range, or for fewer modules.`;
    ending.abort(new Problem(EXPORT_PROBLEMS.TOOK_TOO_LONG, detail));
    if (response.headersSent) response.destroy();
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
