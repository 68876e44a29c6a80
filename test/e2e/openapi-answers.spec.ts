import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ApiDocument } from '../support/api-document.js';
import { ROOT } from '../support/compiled.js';
import { send, sendRaw } from '../support/http-client.js';

const REQUEST_ID = '5f0c7a52-8f3b-4a53-9a4e-0d4f6c1f7f10';
/** The documented response of GET /api/auth/me, with all its current fields. */
const ME = documentedMe();
const PROBLEM = {
  type: 'urn:problem:AUTH.UNAUTHENTICATED',
  title: 'A valid access token is required',
  status: 401,
  detail: 'There is none.',
  code: 'AUTH.UNAUTHENTICATED',
  requestId: REQUEST_ID,
};

interface Planted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server that returns any response that a test sets. */
describe('the comparison of answers with openapi.json', () => {
  let server: Server;
  let url: string;
  let planted: Planted;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      const { status = 200, headers = {}, body = ME } = planted;
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'content-type': type, 'x-request-id': REQUEST_ID, ...headers });
      response.end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/auth/me`;
  });
  afterAll(() => server.close());

  it.each<[what: string, answer: Planted]>([
    ['a good answer', {}],
    ['a refusal', { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: PROBLEM }],
  ])('accepts %s', async (_what, answer) => {
    planted = answer;
    await expect(send(url)).resolves.toMatchObject({ status: answer.status ?? 200 });
  });

  it.each<[what: string, complaint: RegExp, answer: Planted]>([
    ['a field that is not named', /additional properties/, { body: { ...ME, email: 'a@b.example' } }],
    ['a field that is missing', /required property 'roles'/, { body: { ...ME, roles: undefined } }],
    ['a field of another type', /\/id must be string/, { body: { ...ME, id: 42 } }],
    ['null for a field that cannot be null', /\/id must be string/, { body: { ...ME, id: null } }],
    ['a word that no enumeration has', /allowed values/, { body: { ...ME, roles: ['owner'] } }],
    ['a status that is not named', /status 202 is not among/, { status: 202 }],
    ['a header that is not named', /header x-secret is not named/, { headers: { 'x-secret': '1' } }],
    ['a header that is missing', /header www-authenticate is missing/, { status: 401, body: PROBLEM }],
    ['a media type that is not named', /media type "text\/csv"/, { headers: { 'content-type': 'text/csv' } }],
    [
      'a code that the route does not list',
      /code USERS.NOT_FOUND is not listed/,
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
        body: { ...PROBLEM, code: 'USERS.NOT_FOUND' },
      },
    ],
  ])('refuses %s', async (_what, complaint, answer) => {
    planted = answer;
    await expect(send(url)).rejects.toThrow(complaint);
    const { origin, pathname } = new URL(url);
    await expect(sendRaw(origin, [`GET ${pathname} HTTP/1.1`])).rejects.toThrow(complaint);
  });

  it('refuses an accepted request that the document does not allow', async () => {
    planted = {};
    await expect(send(`${url}?sort=name`)).rejects.toThrow(/parameter sort is not named/);
  });

  it('refuses a successful answer without a route', async () => {
    planted = {};
    await expect(send(url, { method: 'DELETE' })).rejects.toThrow(/no such route/);
    await expect(send(`${url}/more`)).rejects.toThrow(/no such route/);
  });

  it('exempts an answer only with a reason', async () => {
    planted = { status: 202 };
    await expect(send(url, { undocumented: 'planted' })).resolves.toMatchObject({ status: 202 });
  });

  it('sees every answer of the e2e tests: other clients are listed here with their reason', () => {
    const reasons: Readonly<Record<string, string>> = {
      'api-compressed-json.spec.ts': 'reads the bytes as they were sent, before fetch decompresses them',
      'api-imports-post.spec.ts': 'breaks its request off, so there is no answer',
      'api-revenue-csv.spec.ts': 'reads a CSV file piece by piece, at its own pace',
      'openapi-answers.spec.ts': 'plants the answers',
      'process-lifecycle.spec.ts': 'asks a process that is ending, which may not answer',
      'process-refusals.spec.ts': 'is a server that is no database',
    };
    const others = readdirSync(__dirname).filter((name) =>
      /\bfetch\(|from '(?:node:https?|node:net|undici)'/.test(readFileSync(join(__dirname, name), 'utf8')),
    );

    expect(others).toEqual(Object.keys(reasons));
  });
});

function documentedMe(): Record<string, unknown> {
  const { paths } = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as ApiDocument;
  const answer = paths['/api/auth/me']?.['get']?.responses['200'];
  return answer?.content?.['application/json']?.example as Record<string, unknown>;
}
