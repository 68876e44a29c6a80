import { MIMEType } from 'node:util';
import express, { type Request, type Response } from 'express';
import { readJson } from '../json/index.js';
import { Problem } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/index.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import { JSON_TYPE, type BodyStreamFormat } from './route-formats.js';

/** A JSON body is short; a slower sender would only occupy a connection. */
const BODY_PATIENCE_MS = 30_000;

const JSON_FORMAT: BodyStreamFormat = { mediaTypes: [JSON_TYPE], encodings: [] };

/** Whether the request has a body (RFC 9112, 6.3), even an empty one sent in chunks. */
export function hasBody(request: Request): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && Number(length) !== 0);
}

/**
 * Checks `Content-Type` and `Content-Encoding` before the body is read.
 *
 * @throws Problem 415
 */
export function assertBodyFormat(request: Request, format: BodyStreamFormat): void {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && !format.encodings.includes(encoding)) {
    const accepted = ['identity', ...format.encodings].join(', ');
    throw new Problem(
      HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE,
      `This route does not accept Content-Encoding ${encoding}. Send the body with: ${accepted}.`,
      { headers: { 'Accept-Encoding': accepted } },
    );
  }
  const sent = request.headers['content-type'] ?? '';
  const type = parseMediaType(sent);
  const charset = type?.params.get('charset')?.toLowerCase() ?? 'utf-8';
  if (!type || !format.mediaTypes.includes(type.essence) || !['utf-8', 'utf8'].includes(charset)) {
    const accepted = format.mediaTypes.join(', ');
    throw new Problem(
      HTTP_PROBLEMS.UNSUPPORTED_MEDIA_TYPE,
      `The body must be sent with Content-Type ${accepted}, in UTF-8${sent === '' ? '; the header is missing.' : '.'}`,
    );
  }
}

function parseMediaType(text: string): MIMEType | null {
  try {
    return new MIMEType(text);
  } catch {
    return null;
  }
}

/**
 * Reads a JSON body strictly.
 *
 * @returns the parsed value, or undefined if there is no body
 * @throws Problem 400, 408, 413, 415
 */
export async function readJsonBody(
  request: Request,
  response: Response,
  limitBytes: number,
): Promise<unknown> {
  if (!hasBody(request)) {
    return undefined;
  }
  assertBodyFormat(request, JSON_FORMAT);
  const bytes = await readBytes(request, response, limitBytes);
  if (bytes.length === 0) {
    return undefined;
  }
  const reading = readJson(decodeUtf8(bytes));
  if ('error' in reading) {
    const { field, message } = reading.error;
    throw new Problem(VALIDATION_PROBLEMS.INVALID, `The body is not valid: ${field} ${message}.`, {
      errors: [reading.error],
    });
  }
  return reading.value;
}

/** Rejects with body-parser's errors, which the problem filter handles, or with 408. */
function readBytes(request: Request, response: Response, limitBytes: number): Promise<Buffer> {
  const parser = express.raw({ type: () => true, limit: limitBytes, inflate: false });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(tooSlow()), BODY_PATIENCE_MS);
    parser(request, response, (error?: Error) => {
      clearTimeout(late);
      const body: unknown = request.body;
      if (error) {
        reject(error);
      } else {
        resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
      }
    });
  });
}

function tooSlow(): Problem {
  const detail = `The body did not arrive within ${BODY_PATIENCE_MS / 1000} s. Send it again.`;
  return new Problem(HTTP_PROBLEMS.REQUEST_TIMEOUT, detail, { headers: { Connection: 'close' } });
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Problem(VALIDATION_PROBLEMS.INVALID, 'The body is not UTF-8. Encode it as UTF-8.', {
      errors: [{ field: 'body', message: 'must be UTF-8' }],
      cause: error,
    });
  }
}
