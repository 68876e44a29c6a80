import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { API_DOCS_PATH } from '../../src/platform/openapi/index.js';
import { unfitNames } from '../../src/platform/openapi/operation-names.js';
import { routesOf } from '../../src/platform/openapi/schemas.js';
import { declaredProblems, PROBLEM_MEDIA_TYPE } from '../../src/platform/problem/index.js';
import {
  fieldsOf,
  operationsOf,
  type ApiDocument,
  type ApiOperation,
  type ApiSchema,
} from '../support/api-document.js';
import { openApiTextOfBuild } from '../support/openapi-build.js';

describe('openapi.json', () => {
  let ofCode: string;
  let document: ApiDocument;
  let operations: readonly ApiOperation[];

  beforeAll(async () => {
    ofCode = await openApiTextOfBuild();
    document = JSON.parse(ofCode) as ApiDocument;
    operations = operationsOf(document);
  }, 120_000);

  /** Names the operations that do not meet a condition. */
  const thatLack = (holds: (operation: ApiOperation) => boolean): string[] =>
    operations.filter((operation) => !holds(operation)).map(({ name }) => name);

  it('matches the code; else run: npm run build && npm run openapi', () => {
    const committed = readFileSync(resolve(__dirname, '../../openapi.json'), 'utf8');

    expect(JSON.parse(committed)).toEqual(document);
    expect(committed).toBe(ofCode);
  });

  it('has complete paths', () => {
    expect(operations.length).toBeGreaterThan(3);
    expect(thatLack(({ path }) => path.startsWith('/api/') || path === '/metrics')).toEqual([]);
  });

  it('describes every route, under a name that suits callers', () => {
    expect(thatLack(({ summary }) => (summary ?? '').endsWith('.'))).toEqual([]);
    expect(unfitNames(routesOf(document as never))).toEqual([]);
    expect(operations.map(({ operationId }) => operationId)).toEqual(
      expect.arrayContaining(['login', 'importLedger', 'getRevenueSummary', 'getBalance', 'listUsers']),
    );
  });

  it('names schemas after their meaning, not after classes', () => {
    const names = Object.keys(document.components.schemas);

    expect(names).toEqual(expect.arrayContaining(['RevenueReport', 'User', 'CreateUser', 'Problem']));
    expect(names.filter((name) => /(?:Dto|Request|Response|Controller)$/.test(name))).toEqual([]);
  });

  it('uses OpenAPI 3.1, in which null is a type', () => {
    expect(document).toMatchObject({ openapi: '3.1.0' });
    expect(ofCode).not.toContain('"nullable"');
    expect(document.components.schemas['HistoryLine']?.properties).toMatchObject({
      category: { anyOf: [{ $ref: '#/components/schemas/SpendCategory' }, { type: 'null' }] },
    });
  });

  it('names every enumeration, and every code of a problem', () => {
    const { ProblemCode, Role, Problem } = document.components.schemas;

    expect(Role?.enum).toEqual(['user', 'partner', 'finance', 'admin', 'platform']);
    // Test files of one worker share their modules, so test/support/things-controller.ts can have declared its own.
    const codes = declaredProblems().map(({ code }) => code);
    expect(ProblemCode?.enum).toEqual(
      expect.arrayContaining(codes.filter((code) => !code.startsWith('THINGS.'))),
    );
    expect(Problem?.properties?.['code']).toMatchObject({ $ref: '#/components/schemas/ProblemCode' });
    expect(Problem?.properties).toMatchObject({ missing: { type: 'string' } });
    const isNamed = (schema: ApiSchema): boolean =>
      [schema, ...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])].every(
        (one) => one === schema || one.enum === undefined,
      );
    expect(
      Object.entries(document.components.schemas)
        .filter(([, schema]) => !isNamed(schema))
        .map(([name]) => name),
    ).toEqual([]);
    expect(
      thatLack(({ parameters }) => parameters.every(({ schema }) => schema?.enum === undefined)),
    ).toEqual([]);
  });

  it('names the headers of every answer', () => {
    const on = (name: string, status: string): string[] =>
      Object.keys(operations.find((one) => one.name === name)?.responses[status]?.headers ?? {});

    expect(
      thatLack(({ responses }) =>
        Object.values(responses).every(({ headers }) => headers?.['X-Request-Id'] !== undefined),
      ),
    ).toEqual([]);
    expect(on('GET /api/revenue', '200')).toContain('Content-Disposition');
    expect(on('GET /api/users', '401')).toContain('WWW-Authenticate');
    expect(on('GET /api/users', '503')).toContain('Retry-After');
    expect(on('POST /api/auth/login', '429')).toContain('Retry-After');
    expect(on('POST /api/users', '201')).toContain('Idempotency-Replayed');
    expect(on('POST /api/credits/awards/batches', '202')).toContain('Location');
    expect(on('GET /api/variables/{key}', '200')).toContain('ETag');
    expect(on('GET /api/users', '200')).toEqual(['X-Request-Id']);
  });

  it('describes every tag and the server', () => {
    expect(document.servers).toEqual([{ url: '/', description: expect.any(String) as string }]);
    const described = (document.tags ?? []).filter(({ description }) => description).map(({ name }) => name);
    expect(thatLack(({ tags = [] }) => tags.length === 1 && described.includes(tags[0] ?? ''))).toEqual([]);
  });

  it('shows an example of every body and every successful answer', () => {
    const hasExample = (content: ApiOperation['responses'][string]['content']): boolean =>
      Object.values(content ?? {}).every(
        ({ schema, example, examples }) => schema && (example ?? examples ?? schema['example']) !== undefined,
      );

    expect(
      thatLack(({ responses, requestBody }) =>
        [requestBody, ...Object.values(responses)].every((body) => hasExample(body?.content)),
      ),
    ).toEqual([]);
    expect(
      thatLack(({ responses }) =>
        Object.entries(responses).some(
          ([status, { content }]) => status === '204' || (status.startsWith('2') && content !== undefined),
        ),
      ),
    ).toEqual([]);
  });

  it('shows an example of every parameter', () => {
    expect(
      thatLack(({ parameters }) =>
        parameters.every(({ example, schema }) => (example ?? schema?.['example']) !== undefined),
      ),
    ).toEqual([]);
  });

  it('describes every parameter and every field of a request', () => {
    expect(
      thatLack(({ parameters }) => parameters.every((one) => one.in === 'path' || one.description)),
    ).toEqual([]);
    const fields = operations.flatMap(({ name, requestBody }) =>
      Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => fieldsOf(document, schema, name)),
    );
    expect(fields.length).toBeGreaterThan(30);
    expect(fields.filter(({ description }) => !description).map(({ path }) => path)).toEqual([]);
  });

  it('shows the errors of every route, each with an example', () => {
    const isProblem = ([status, { content }]: [string, ApiOperation['responses'][string]]): boolean =>
      Number(status) < 400 ||
      Object.values(content?.[PROBLEM_MEDIA_TYPE]?.examples ?? {}).some(
        ({ value }) => (value as { status: number }).status === Number(status),
      );

    expect(thatLack(({ responses }) => Object.entries(responses).every(isProblem))).toEqual([]);
    expect(thatLack(({ responses }) => '400' in responses && '406' in responses)).toEqual([]);
  });

  it('states which routes need a token, and with which roles', () => {
    const needsToken = (security: ApiOperation['security']): boolean => (security ?? []).length > 0;

    expect(thatLack(({ security }) => security !== undefined)).toEqual([]);
    expect(thatLack(({ security, responses }) => !needsToken(security) || '401' in responses)).toEqual([]);
    expect(thatLack(({ security, roles }) => roles === undefined || needsToken(security))).toEqual([]);
    expect(thatLack(({ roles, responses }) => roles === undefined || '403' in responses)).toEqual([]);
  });

  it('offers the Idempotency-Key on every POST but login, imports and reads, and nowhere else', () => {
    const withoutKey = ['POST /api/auth/login', 'POST /api/imports'];
    const isRead = ({ name }: ApiOperation): boolean => /\/(?:search|preview)$/.test(name);
    const honours = ({ parameters }: ApiOperation): boolean =>
      parameters.some(({ name }) => name === 'Idempotency-Key');

    expect(
      thatLack(
        (operation) =>
          honours(operation) ===
          (operation.name.startsWith('POST ') && !withoutKey.includes(operation.name) && !isRead(operation)),
      ),
    ).toEqual([]);
  });

  it('names no other host', () => {
    expect(ofCode.match(/https?:\/\/(?!example\.|[\w.]+\.example)[^"\s]+/g) ?? []).toEqual([]);
    expect(ofCode).not.toContain(`"${API_DOCS_PATH}"`);
  });
});
