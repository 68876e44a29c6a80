import { OPENAPI_JSON_PATH } from '../../src/platform/openapi/index.js';
import { settleWorld, WALKERS, WORLD } from '../support/access-world.js';
import {
  operationsOf,
  type ApiDocument,
  type ApiOperation,
  type ApiSchema,
} from '../support/api-document.js';
import { hostileValuesFor } from '../support/hostile-values.js';
import { problemIn, send, type Answer, type TestRequest } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { contentOfTables } from '../support/table-contents.js';

/** Existing ids, so that the service gets as far as checking body and parameters. */
const PATH_VALUES: Readonly<Record<string, string>> = {
  '/api/users/{id}': 'walk-user',
  '/api/users/{id}/anonymise': 'walk-user',
  '/api/modules/{id}': 'own-module',
  '/api/variables/{key}': 'partnerRevenueShare',
  '/api/variables/{key}/history': 'partnerRevenueShare',
  '/api/variables/partnerRevenueShare/steps/{day}': '2026-01-01',
  '/api/revenue/{deploymentId}': 'own-deployment',
  '/api/deployments/{id}': 'own-deployment',
  '/api/deployments/{id}/refunds': 'own-deployment',
  '/api/credits/purchases/{externalId}/refunds': 'canary-purchase',
  '/api/credits/purchases/{externalId}/reversals': 'canary-purchase',
  '/api/credits/reversals/{externalId}/release': 'canary-reversal',
  '/api/credits/awards/batches/{externalId}': 'canary-batch',
  '/api/statements/closings/{month}': WORLD.closedMonth,
  '/api/statements/{id}': WORLD.otherStatement,
  '/api/statements/{id}/lines': WORLD.otherStatement,
  '/api/statements/{id}/modules': WORLD.otherStatement,
  '/api/statements/{id}/changes': WORLD.otherStatement,
  '/api/statements/{id}/payments': WORLD.otherStatement,
};

/** The folders of the routes with a JSON body. Their fields are tried in tests of their own, each within its time. */
const FOLDERS = ['auth', 'credits', 'deployments', 'modules', 'revenue', 'statements', 'users', 'variables'];
const folderOf = (path: string): string => path.split('/')[2] ?? '';

/** Malformed input that no route can accept; each request gets a 4xx with a problem document, and changes nothing. */
describe('hostile input', () => {
  let service: TestService;
  let document: ApiDocument;
  let operations: readonly ApiOperation[];
  let rowsBefore: unknown;

  beforeAll(async () => {
    service = await startTestService();
    await settleWorld(service);
    document = (await send(`${service.url}${OPENAPI_JSON_PATH}`)).json<ApiDocument>();
    operations = operationsOf(document);
    rowsBefore = await contentOfTables(service);
  });
  afterAll(() => service.close());

  const urlOf = ({ path }: ApiOperation): string =>
    service.url + path.replace(/\{\w+\}/, encodeURIComponent(PATH_VALUES[path] ?? 'NO VALUE FOR THIS PATH'));
  const call = (operation: ApiOperation, request: TestRequest & { query?: string }): Promise<Answer> =>
    send(`${urlOf(operation)}${request.query ?? ''}`, {
      method: operation.method,
      token: WALKERS.admin,
      ...request,
    });
  const jsonRoutes = (): ApiOperation[] =>
    operations.filter(({ requestBody }) => jsonOf(requestBody) !== undefined);
  const schemaOf = (operation: ApiOperation): ApiSchema =>
    resolve(jsonOf(operation.requestBody)?.schema, document);

  /** The documented example of a body; the first one of several. */
  const exampleFor = (operation: ApiOperation): unknown => {
    const { example, examples = {} } = jsonOf(operation.requestBody) ?? {};
    return example ?? Object.values(examples)[0]?.value;
  };

  /** Collects the allowed statuses of one malformed request on each route, under the route's name. */
  const onEach = async (
    routes: readonly ApiOperation[],
    request: (operation: ApiOperation) => TestRequest & { query?: string },
    status = 400,
  ): Promise<void> => {
    expect(routes.length).toBeGreaterThan(0);
    for (const operation of routes) {
      const answer = await call(operation, request(operation));
      expect([operation.name, answer.status]).toEqual([operation.name, status]);
      problemIn(answer);
    }
  };

  it('covers the expected routes', () => {
    expect([...new Set(jsonRoutes().map(({ path }) => folderOf(path)))].toSorted()).toEqual(FOLDERS);
    expect(jsonRoutes().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['POST /api/users', 'POST /api/modules']),
    );
    expect(
      operations.filter(({ path }) => path.includes('{') && !(path in PATH_VALUES)).map(({ name }) => name),
    ).toEqual([]);
  });

  it.each<[trap: string, body: string | Uint8Array]>([
    ['cut JSON', '{"id":"a"'],
    ['a trailing comma', '{"id":"a",}'],
    ['a comment', '{"id":"a"} // b'],
    ['NaN', '{"id":NaN}'],
    ['a list', '[{"id":"a"}]'],
    ['a text', '"a"'],
    ['null', 'null'],
    ['a key twice', '{"id":"a","id":"a"}'],
    ['__proto__', '{"__proto__":{"id":"a"}}'],
    ['a name that every object has', '{"toString":1}'],
    ['such a name with null', '{"valueOf":null}'],
    ['5,000 fields', `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    [
      '5,000 fields that hold objects',
      `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":{}`).join(',')}}`,
    ],
    ['a list of 30,001', `{"id":[${'0,'.repeat(30_000)}0]}`],
    ['an unknown field', '{"isAdmin":true}'],
    ['an unknown field that is null', '{"isAdmin":null}'],
    ['lists 5,000 deep', `{"id":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['objects 5,000 deep', `${'{"id":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from('{"id":"a"}', 'utf16le')],
  ])('is refused in a body: %s', async (_trap, body) => {
    await onEach(jsonRoutes(), () => ({ body }));
  });

  it.each(FOLDERS)('is refused in a body below %s: every field, with every invalid value', async (folder) => {
    let tried = 0;
    for (const operation of jsonRoutes().filter(({ path }) => folderOf(path) === folder)) {
      const good = exampleFor(operation) as Record<string, unknown>;
      for (const [field, schema] of Object.entries(schemaOf(operation).properties ?? {})) {
        for (const { why, value } of hostileValuesFor(schema)) {
          const answer = await call(operation, { body: { ...good, [field]: value } });
          const { name } = operation;
          expect([name, field, why, answer.status]).toEqual([name, field, why, 400]);
          problemIn(answer);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(10);
  });

  it('is refused in a body: required fields that are missing or null', async () => {
    for (const operation of jsonRoutes()) {
      const { required = [] } = schemaOf(operation);
      const good = exampleFor(operation) as Record<string, unknown>;
      for (const field of required) {
        for (const value of [undefined, null]) {
          const answer = await call(operation, { body: { ...good, [field]: value } });
          expect([operation.name, field, answer.status]).toEqual([operation.name, field, 400]);
        }
      }
    }
  });

  it('is refused in a body that is too long: 413', async () => {
    await onEach(jsonRoutes(), () => ({ body: { id: 'x'.repeat(5_000_000) } }), 413);
  });

  it.each<Readonly<Record<string, string>>>([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-encoding': 'gzip' },
  ])('is refused in a body of another format: %j', async (headers) => {
    await onEach(jsonRoutes(), () => ({ body: '{"id":"a"}', headers }), 415);
  });

  it.each([
    '?nonsense=1',
    '?__proto__=1',
    '?constructor=1',
    '?toString=1',
    '?hasOwnProperty=1&hasOwnProperty=2',
    '?limit[]=1',
    '?limit%5B0%5D=1',
    '?limit[a]=1',
    '?a=%00',
    '?a=%ff',
    '?a=%',
    '?%00=1',
    '?=1',
  ])('is refused in parameters: %s', async (query) => {
    const bodyOf = (operation: ApiOperation): TestRequest =>
      operation.requestBody ? { body: '{}', headers: { 'content-type': contentTypeOf(operation) } } : {};
    await onEach(operations, (operation) => ({ query, ...bodyOf(operation) }));
  });

  it('is refused in parameters that are repeated although they are not repeatable', async () => {
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      for (const { name, schema } of operation.parameters.filter((one) => one.in === 'query')) {
        if (schema?.type === 'array') continue;
        const value = encodeURIComponent(
          String((schema?.example as string | number | boolean | undefined) ?? 1),
        );
        const answer = await call(operation, { query: `?${name}=${value}&${name}=${value}` });
        expect([operation.name, name, answer.status]).toEqual([operation.name, name, 400]);
      }
    }
  });

  it.each([
    "';drop table users--",
    '0x10',
    '1e2',
    '-1',
    '20260101',
    '2026-02-30',
    '99999999999999999999',
    '%20',
    '',
  ])('never gives a 5xx in a parameter: "%s"', async (value) => {
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      for (const { name } of operation.parameters.filter((one) => one.in === 'query')) {
        const answer = await call(operation, { query: `?${name}=${encodeURIComponent(value)}` });
        expect([operation.name, name, answer.status < 500]).toEqual([operation.name, name, true]);
      }
    }
  });

  it.each(['%00', 'a%00b', '%', '%ff', '%ed%a0%80', 'a%2f..%2fb', '%F0%9F%9A%80', 'x'.repeat(5_000)])(
    'is refused in a path: %s',
    async (id) => {
      for (const { name, method, path, requestBody } of operations.filter((one) => one.path.includes('{'))) {
        const answer = await send(service.url + path.replace(/\{\w+\}/, id), {
          method,
          token: WALKERS.admin,
          ...(requestBody ? { body: {} } : {}),
        });
        expect([name, answer.status === 404 ? 400 : answer.status]).toEqual([name, 400]);
        problemIn(answer);
      }
    },
  );

  it('has changed nothing', async () => {
    expect(await contentOfTables(service)).toEqual(rowsBefore);
  });

  it('is the only reason for the refusals: the documented examples are accepted', async () => {
    for (const operation of jsonRoutes()) {
      const answer = await call(operation, { body: exampleFor(operation) });
      expect([operation.name, answer.status === 400 ? answer.text : 'taken']).toEqual([
        operation.name,
        'taken',
      ]);
    }
  });

  it('does not include null for an optional field, which counts as absent, as in the document', async () => {
    const nullHasItsOwnMeaning = ['POST /api/modules partnerId']; // The platform's own module.
    for (const operation of jsonRoutes()) {
      const { required = [], properties = {} } = schemaOf(operation);
      const good = exampleFor(operation) as Record<string, unknown>;
      for (const field of Object.keys(properties).filter((name) => !required.includes(name))) {
        if (nullHasItsOwnMeaning.includes(`${operation.name} ${field}`)) continue;
        const [absent, isNull] = [
          await call(operation, { body: { ...good, [field]: undefined } }),
          await call(operation, { body: { ...good, [field]: null } }),
        ];
        expect([operation.name, field, isNull.status === 400]).toEqual([
          operation.name,
          field,
          absent.status === 400,
        ]);
      }
    }
  });
});

interface Content {
  readonly schema?: ApiSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface WithContent {
  readonly content?: Readonly<Record<string, Content>>;
}

function jsonOf(body: WithContent | undefined): Content | undefined {
  return body?.content?.['application/json'];
}

function contentTypeOf({ requestBody }: ApiOperation): string {
  return Object.keys(requestBody?.content ?? {})[0] ?? 'application/json';
}

function resolve(schema: ApiSchema | undefined, { components }: ApiDocument): ApiSchema {
  const name = schema?.$ref?.split('/').at(-1);
  return (name === undefined ? schema : components.schemas[name]) ?? {};
}
