import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { HEADERS_MAX_BYTES } from './address-length.js';

/** Nest's own, but for the limit of addresses and headers, which only the making of a server can set. */
class RoomyExpressAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    this.httpServer = createServer({ maxHeaderSize: HEADERS_MAX_BYTES }, this.getInstance());
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
  return new RoomyExpressAdapter(application);
}
