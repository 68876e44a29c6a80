import type { OpenAPIObject } from '@nestjs/swagger';
import { routesOf, type Header, type Operation } from './schemas.js';

/** What is known of an answer when its headers are described. */
interface AnswerKind {
  readonly operation: Operation;
  readonly status: number;
  readonly mediaTypes: readonly string[];
}

/** A header, and the answers that carry it. */
interface HeaderRule {
  readonly name: string;
  /** Its name in the document's components, where the header means something else on other answers. */
  readonly component?: string;
  readonly header: Header;
  readonly isOn: (answer: AnswerKind) => boolean;
}

/** The headers that answers have by their status and by the kind of their route. */
const RULES: readonly HeaderRule[] = [
  {
    name: 'X-Request-Id',
    header: {
      description: 'Name of the request, as in `requestId` of a problem and in the logs.',
      required: true,
      schema: { type: 'string', example: '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10' },
    },
    isOn: () => true,
  },
  {
    name: 'WWW-Authenticate',
    header: {
      description: 'How to authenticate: by a bearer token.',
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
      description: 'Seconds to wait, where a request with this Idempotency-Key is still under way.',
      schema: { type: 'integer', minimum: 0, example: 1 },
    },
    isOn: ({ operation, status }) => status === 409 && takesKey(operation),
  },
  {
    name: 'Accept-Encoding',
    header: {
      description: 'Where the encoding of the body is what is not supported: those that are (RFC 7694).',
      schema: { type: 'string', example: 'identity, gzip' },
    },
    isOn: ({ status }) => status === 415,
  },
  {
    name: 'Location',
    header: {
      description: 'Address where to ask how far the work has come; also in `statusAddress`.',
      required: true,
      schema: { type: 'string', example: '/api/credits/awards/batches/spring_2026' },
    },
    isOn: ({ operation, status }) => status < 300 && '202' in operation.responses,
  },
  {
    name: 'Content-Disposition',
    header: {
      description: 'Of a CSV file: its name, after the filter and the dates.',
      schema: { type: 'string', example: 'attachment; filename="revenue_2026-05-01_2026-05-31.csv"' },
    },
    isOn: ({ mediaTypes }) => mediaTypes.includes('text/csv'),
  },
  {
    name: 'Idempotency-Replayed',
    header: {
      description: 'There, and `true`, where the stored answer of an earlier request with this key is given.',
      schema: { type: 'string', const: 'true', example: 'true' },
    },
    isOn: ({ operation, status }) => status < 300 && takesKey(operation),
  },
];

/** Says of every answer which headers it carries, in one table for all routes. */
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

function takesKey({ parameters = [] }: Operation): boolean {
  return parameters.some(({ name }) => name === 'Idempotency-Key');
}
