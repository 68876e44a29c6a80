import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '../config/index.js';
import { Problem } from '../problem/index.js';
import { EXPORT_PROBLEMS, ExportSlots, watchReader, whenClientLeaves } from '../transfers/index.js';
import { CSV_TYPE } from './csv-format.js';

/** A file with its first rows read. */
export interface OpenCsv {
  readonly fileName: string;
  /** The whole file in pieces, cut at any byte; throws if the file cannot be completed. */
  readonly text: AsyncIterable<string | Buffer> | Iterable<string | Buffer>;
  /** Of another file than CSV. */
  readonly contentType?: string;
}

/** Sends a file to its target. The file's source stays open until the promise resolves. */
export type CsvDelivery = (csv: OpenCsv) => Promise<void>;

/**
 * A reader that receives less than 16 kB/s over a minute is disconnected, because its export uses a connection and a
 * snapshot.
 */
const SLOW_WINDOW_MS = 60_000;
const MIN_BYTES_PER_SECOND = 16_384;

/** A higher level would delay the reader for files that are a tenth smaller. */
const GZIP = { level: constants.Z_BEST_SPEED };

/** A running export. */
interface RunningExport {
  readonly response: Response;
  /** Aborts the source of the file. */
  readonly ending: AbortController;
  /** Whether reading the file failed, as opposed to sending it. */
  hasBroken: boolean;
}

/** Answers requests with files: a limited number for each caller, to readers that are fast enough. */
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
   * Answers a request with an export at the reader's pace, compressed if the reader accepts gzip. If the reader
   * disconnects or is too slow, or if the export takes too long, the export is aborted at once. An export that ends
   * early breaks the reader's connection, so an incomplete file never looks complete.
   *
   * @param callerId the `sub` of the caller's token
   * @param write starts the export and ends it when the signal is aborted; an error before the first byte can still
   *   become an answer
   * @throws Problem 429 or 503 if too many exports are running, 503 if the first rows do not come in time; also errors
   *   of the export; nothing if the reader has disconnected
   */
  async send(
    response: Response,
    callerId: string,
    write: (deliver: CsvDelivery, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const freeSlot = this.slots.take(callerId);
    const running: RunningExport = { response, ending: new AbortController(), hasBroken: false };
    const { signal } = running.ending;
    const stopListening = whenClientLeaves(response, () => {
      if (running.hasBroken) return;
      running.ending.abort();
      response.destroy();
    });
    const limit = setTimeout(() => this.endLate(running), this.max_ms);
    try {
      if (!signal.aborted) await write((csv) => this.deliver(csv, running), signal);
    } catch (error) {
      if (signal.reason instanceof Problem && !response.headersSent) throw signal.reason;
      if (!signal.aborted) throw error;
    } finally {
      clearTimeout(limit);
      stopListening();
      freeSlot();
    }
  }

  private async deliver(file: OpenCsv, running: RunningExport): Promise<void> {
    const { fileName, text, contentType = `${CSV_TYPE}; charset=utf-8` } = file;
    const { response, ending } = running;
    response.setHeader('Content-Type', contentType);
    response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
    const isCompressed = wantsGzip(response);
    if (isCompressed) response.setHeader('Content-Encoding', 'gzip');
    if (response.req.method === 'HEAD') {
      response.end();
      ending.abort(); // there is no reader, so nothing must be read
      return;
    }
    const noticed = noticing(text, () => (running.hasBroken = !ending.signal.aborted));
    const limits = {
      stall_ms: this.stall_ms,
      window_ms: SLOW_WINDOW_MS,
      min_bytesPerSecond: MIN_BYTES_PER_SECOND,
    };
    const stopWatching = watchReader(response.req.socket, limits, (why) => {
      this.logger.warn(`An export was aborted: its reader ${why}.`);
      response.req.socket.resetAndDestroy(); // otherwise the kernel keeps unread data for minutes
    });
    try {
      await (isCompressed ? pipeline(noticed, createGzip(GZIP), response) : pipeline(noticed, response));
    } finally {
      stopWatching();
    }
  }

  private endLate({ response, ending }: RunningExport): void {
    const max_seconds = this.max_ms / 1_000;
    this.logger.warn(`An export was aborted: it took longer than ${max_seconds} s.`);
    const detail = `The export took longer than ${max_seconds} s. Request a shorter range or fewer modules.`;
    ending.abort(new Problem(EXPORT_PROBLEMS.TOOK_TOO_LONG, detail));
    if (response.headersSent) response.destroy();
  }
}

function wantsGzip(response: Response): boolean {
  response.vary('Accept-Encoding');
  return response.req.acceptsEncodings(['gzip', 'identity']) === 'gzip';
}

/** Reports an error before the pipeline destroys the response, which would look like a reader that disconnects. */
async function* noticing(text: OpenCsv['text'], onBreak: () => void): AsyncGenerator<string | Buffer> {
  try {
    yield* text;
  } catch (error) {
    onBreak();
    throw error;
  }
}
