import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import { HEADERS_MAX_BYTES } from './address-length.js';

/** Node looks for late headers in this interval only, 30 s where nothing is said. */
const LOOK_FOR_LATE_HEADERS_MS = 500;
/** With the look every half second, headers that are not complete after 15 s are cut by then. */
const HEADERS_PATIENCE_MS = 15_000 - LOOK_FOR_LATE_HEADERS_MS;

/** Nest's adapter with a server that leaves what is wrong with a request to this edge, and does not wait for ever. */
class EdgeAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    const server = createServer(
      {
        maxHeaderSize: HEADERS_MAX_BYTES,
        // Node's limit is for whole requests, and an import may take longer; bodies have limits of their own.
        requestTimeout: 0,
        headersTimeout: HEADERS_PATIENCE_MS,
        connectionsCheckingInterval: LOOK_FOR_LATE_HEADERS_MS,
        requireHostHeader: false, // Node answers without a word; request-head.ts says what is missing
      },
      this.getInstance<Express>(),
    );
    // Without a listener Node answers 417 without a word; request-head.ts says what is wrong.
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    this.httpServer = server;
  }
}

/**
 * What `NestFactory.create` must be given as the adapter. Addresses are taken as they are written: Express asks for
 * that before its first route, so no later moment would do. Else `Summary` and `summary` were one address, and a
 * deployment called `Summary` could not be explained.
 */
export function createHttpAdapter(): ExpressAdapter {
  const application = express();
  application.enable('case sensitive routing');
  return new EdgeAdapter(application);
}
