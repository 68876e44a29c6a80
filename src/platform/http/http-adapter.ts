import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import { HEADERS_MAX_BYTES } from './address-length.js';

/** How often Node checks for late headers; its default is 30 s. */
const LOOK_FOR_LATE_HEADERS_MS = 500;
/** With a check every half second, incomplete headers are cut after at most 15 s. */
const HEADERS_PATIENCE_MS = 15_000 - LOOK_FOR_LATE_HEADERS_MS;

/** Nest's adapter with a server that leaves malformed requests to our code and limits the wait for headers. */
class EdgeAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    const server = createServer(
      {
        maxHeaderSize: HEADERS_MAX_BYTES,
        // Node's timeout applies to whole requests, but an import can take longer; bodies have their own timeouts.
        requestTimeout: 0,
        headersTimeout: HEADERS_PATIENCE_MS,
        connectionsCheckingInterval: LOOK_FOR_LATE_HEADERS_MS,
        requireHostHeader: false, // Node would answer without a body; request-head.ts names the problem
      },
      this.getInstance<Express>(),
    );
    // Without a listener Node answers 417 without a body; request-head.ts names the problem.
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    this.httpServer = server;
  }
}

/**
 * The adapter for `NestFactory.create`. Routing is case-sensitive, which Express accepts only before its first route.
 * Otherwise `Summary` and `summary` would be one address, and a deployment with the id `Summary` could not be
 * explained.
 */
export function createHttpAdapter(): ExpressAdapter {
  const application = express();
  application.enable('case sensitive routing');
  return new EdgeAdapter(application);
}
