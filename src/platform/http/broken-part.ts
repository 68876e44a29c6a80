import type { FieldError } from '../problem/index.js';

/** The part of the request that each error of llhttp is about, by its code. */
const FIELDS: readonly (readonly [code: RegExp, field: string, message: string])[] = [
  [/^HPE_INVALID_METHOD$/, 'method', 'must be an HTTP method in capital letters'],
  [/^HPE_INVALID_(?:URL|CONSTANT)$/, 'path', 'must be an address without spaces or control characters'],
  [/^HPE_INVALID_VERSION$/, 'version', 'must be HTTP/1.1'],
  [/^HPE_(?:INVALID|UNEXPECTED)_CONTENT_LENGTH$/, 'header.Content-Length', 'must be a single number'],
  [
    /^HPE_INVALID_TRANSFER_ENCODING$/,
    'header.Transfer-Encoding',
    'must end with chunked and exclude Content-Length',
  ],
  [/^HPE_(?:INVALID_CHUNK|INVALID_EOF|CHUNK_EXTENSIONS)/, 'body', 'must consist of complete chunks'],
];
const ANY_HEADER = ['headers', 'must be lines of the form Name: value that end with CRLF'] as const;

/** The part of a request that llhttp rejected, by the code of its error. */
export function brokenPart(code: string): FieldError {
  const [, field, message] = FIELDS.find(([pattern]) => pattern.test(code)) ?? [null, ...ANY_HEADER];
  return { field, message };
}
