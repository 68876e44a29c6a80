import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler, Request, Response } from 'express';
import { JSON_TYPE } from './route-formats.js';

/** Below about two packets, the time of compressing is not saved by sending less. */
const THRESHOLD_BYTES = 2_048;

/** Answers of these routes are about tokens and passwords. */
const SECRETS = '/api/auth/';

/** Reads by POST: their requests contain the parameters of a GET. */
const readsByBody = new WeakSet<Request>();

/** Marks a request by POST as a read, so that its answer can be compressed. */
export function markAsRead(request: Request): void {
  readsByBody.add(request);
}

/**
 * Compresses JSON answers of reads if the client accepts it. Other answers pass unchanged: those of writes, which are
 * short, those about sign-in, so that no secret is compressed together with input of the request (BREACH), and files,
 * which their own code streams and compresses. An answer with an ETag also passes: its ETag is strong, and two encodings
 * with one strong ETag are against RFC 9110 (8.8.3).
 */
export function compressJson(): RequestHandler {
  return compression({
    threshold: THRESHOLD_BYTES,
    // Higher levels take more of the processor than they save of the network: each answer is sent once.
    level: constants.Z_BEST_SPEED,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
    filter: (request, response) => isRead(request) && isUntaggedJson(response),
  });
}

function isRead(request: Request): boolean {
  const { method, path } = request;
  const reads = method === 'GET' || method === 'HEAD' || readsByBody.has(request);
  return reads && path.startsWith('/api/') && !path.startsWith(SECRETS);
}

function isUntaggedJson(response: Response): boolean {
  const type = String(response.getHeader('Content-Type') ?? '');
  return type.split(';', 1)[0] === JSON_TYPE && !response.hasHeader('ETag');
}
