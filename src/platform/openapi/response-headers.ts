import type { OpenAPIObject } from '@nestjs/swagger';
import { routesOf, type Header, type Operation } from './schemas.js';

/** Properties of an answer that determine its headers. */
interface AnswerKind {
  readonly operation: Operation;
  readonly status: number;
  readonly mediaTypes: readonly string[];
}

/** A header and the answers that contain it. */
interface HeaderRule {
  readonly name: string;
  /** Its name in the document's components, if the header has another meaning on other answers. */
  readonly component?: string;
  readonly header: Header;
  readonly isOn: (answer: AnswerKind) => boolean;
}

/** Media types that are sent as files. */
const FILE_TYPES = ['text/csv', 'application/x-ndjson'];

/** Headers of answers by status and kind of route. */
const RULES: readonly HeaderRule[] = [
  {
    name: 'X-Request-Id',
    header: {
      description: 'Id of the request, as in `requestId` of a problem and in the logs.',
      required: true,
      schema: { type: 'string', example: '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10' },
    },
    isOn: () => true,
  },
  {
    name: 'WWW-Authenticate',
    header: {
      description: 'How to authenticate: with a bearer token.',
      required: true,
      schema: { type: 'string', example: 'Bearer realm="api"' },
    },
    isOn: ({ status }) => status === 401,
  },
  {
    name: 'Retry-After',
    header: {
      description: 'Seconds to wait before the request is sent again.',
      required: true,
      schema: { type: 'integer', minimum: 0, example: 30 },
    },
    isOn: ({ status }) => status === 429 || status === 503,
  },
  {
    name: 'Retry-After',
    component: 'Retry-After-In-Flight',
    header: {
      description: 'Seconds to wait if a request with this Idempotency-Key is still running.',
      schema: { type: 'integer', minimum: 0, example: 1 },
    },
    isOn: ({ operation, status }) => status === 409 && acceptsKey(operation),
  },
  {
    name: 'Accept-Encoding',
    header: {
      description: 'If the encoding of the body is not supported: the supported encodings (RFC 7694).',
      schema: { type: 'string', example: 'identity, gzip' },
    },
    isOn: ({ status }) => status === 415,
  },
  {
    name: 'Location',
    header: {
      description: 'Address of the status of the work; also in `statusAddress`.',
      required: true,
      schema: { type: 'string', example: '/api/credits/awards/batches/spring_2026' },
    },
    isOn: ({ operation, status }) => status < 300 && '202' in operation.responses,
  },
  {
    name: 'Content-Disposition',
    header: {
      description: 'For a file: its name, for a CSV of revenue derived from filter and dates.',
      schema: { type: 'string', example: 'attachment; filename="revenue_2026-05-01_2026-05-31.csv"' },
    },
    isOn: ({ mediaTypes }) => FILE_TYPES.some((type) => mediaTypes.includes(type)),
  },
  {
    name: 'Idempotency-Replayed',
    header: {
      description:
        '`true` if the answer is the stored answer of an earlier request with this key; otherwise absent.',
      schema: { type: 'string', const: 'true', example: 'true' },
    },
    isOn: ({ operation, status }) => status < 300 && acceptsKey(operation),
  },
];

/** Adds the headers of every answer to the document. */
export function documentHeaders(document: OpenAPIObject): void {
  document.components ??= {};
  document.components.headers = Object.fromEntries(
    RULES.map(({ name, component = name, header }) => [component, header]),
  );
  for (const { operation } of routesOf(document)) {
    for (const [status, response] of Object.entries(operation.responses)) {
      const answer = { operation, status: Number(status), mediaTypes: Object.keys(response.content ?? {}) };
      const carried = RULES.filter(({ isOn }) => isOn(answer));
      response.headers = {
        ...Object.fromEntries(
          carried.map(({ name, component = name }) => [name, { $ref: `#/components/headers/${component}` }]),
        ),
        ...response.headers,
      };
    }
  }
}

function acceptsKey({ parameters = [] }: Operation): boolean {
  return parameters.some(({ name }) => name === 'Idempotency-Key');
}
