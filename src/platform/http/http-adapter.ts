import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';

/**
 * What `NestFactory.create` must be given as the adapter. Addresses are taken as they are written: Express asks for
 * that before its first route, so no later moment would do. Else `Summary` and `summary` were one address, and a
 * deployment called `Summary` could not be explained.
 */
export function createHttpAdapter(): ExpressAdapter {
  const application = express();
  application.enable('case sensitive routing');
  return new ExpressAdapter(application);
}
