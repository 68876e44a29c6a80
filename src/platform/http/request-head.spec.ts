import { startHttpApplication, type HttpApplication } from '../../../test/support/http-application.js';
import { refusal, refusedFields, send, sendBytes, sendRaw } from '../../../test/support/http-client.js';
import { OpenController, ThingsController } from '../../../test/support/things-controller.js';
import { tokenOf } from '../../../test/support/tokens.js';
import type { ProblemDocument } from '../problem/index.js';

const TOKEN = tokenOf('usr_1', ['user']);
const AUTHORIZATION = `Authorization: Bearer ${TOKEN}`;
const CLOSE = 'Connection: close';
const HEADERS_SECONDS = 15;

describe('the head of a request', () => {
  let door: HttpApplication;
  beforeAll(async () => (door = await startHttpApplication([ThingsController, OpenController])));
  afterAll(() => door.close());

  const problemOf = (text: string): ProblemDocument => {
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toContain('Content-Type: application/problem+json');
    return JSON.parse(body) as ProblemDocument;
  };

  it.each<[why: string, lines: readonly string[], field: string]>([
    ['an unknown method', ['NONSENSE /api/open HTTP/1.1', 'Host: a'], 'method'],
    ['a method in small letters', ['get /api/open HTTP/1.1', 'Host: a'], 'method'],
    ['a space in the address', ['GET /api/open x HTTP/1.1', 'Host: a'], 'path'],
    ['a control character in the address', ['GET /api/\u0001 HTTP/1.1', 'Host: a'], 'path'],
    ['a broken escape in the address', ['GET /api/things/%zz HTTP/1.1', 'Host: a', AUTHORIZATION], 'path'],
    ['another version', ['GET /api/open HTTP/9.7', 'Host: a'], 'version'],
    ['a malformed version', ['GET /api/open HTTP/x', 'Host: a'], 'version'],
    ['no host', ['GET /api/open HTTP/1.1'], 'header.Host'],
    ['two hosts', ['GET /api/open HTTP/1.1', 'Host: a', 'Host: b'], 'header.Host'],
    ['a header without a colon', ['GET /api/open HTTP/1.1', 'Host: a', 'nonsense'], 'headers'],
    ['a space before the colon', ['GET /api/open HTTP/1.1', 'Host : a'], 'headers'],
    ['a NUL in a header', ['GET /api/open HTTP/1.1', 'Host: a', 'X: \0'], 'headers'],
    [
      'a length that is not a number',
      ['POST /api/things HTTP/1.1', 'Host: a', 'Content-Length: 1x'],
      'header.Content-Length',
    ],
    [
      'two lengths',
      ['POST /api/things HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2'],
      'header.Content-Length',
    ],
    [
      'a length and chunks',
      ['POST /api/things HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Transfer-Encoding: chunked'],
      'header.Transfer-Encoding',
    ],
    [
      'an unknown coding',
      ['POST /api/things HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked, x'],
      'header.Transfer-Encoding',
    ],
  ])('with %s is refused, and the problem names the field', async (_why, lines, field) => {
    const { status, text } = await sendBytes(door.url, `${[...lines, CLOSE].join('\r\n')}\r\n\r\n`);
    expect([status, problemOf(text).errors?.map((error) => error.field)]).toEqual([400, [field]]);
  });

  it('of a body in broken chunks is refused, and the problem names the field', async () => {
    const lines = [
      'POST /api/things HTTP/1.1',
      'Host: a',
      CLOSE,
      AUTHORIZATION,
      'Content-Type: application/json',
    ];
    const head = `${[...lines, 'Transfer-Encoding: chunked'].join('\r\n')}\r\n\r\n`;
    const { status, text } = await sendBytes(door.url, `${head}zz\r\n`);
    expect([status, problemOf(text).errors?.[0]?.field]).toEqual([400, 'body']);
  });

  it('with a value that only the database refuses is a problem with the field "request"', async () => {
    const answer = await send(`${door.url}/api/things/fails/badValue`, { token: TOKEN });
    expect(refusedFields(answer)).toEqual(['request']);
  });

  it.each(['nonsense', '200-ok'])(
    'with Expect: %s is a 417 problem that names the header',
    async (expectation) => {
      const { status, text } = await sendRaw(door.url, ['GET /api/open HTTP/1.1', `Expect: ${expectation}`]);
      expect(status).toBe(417);
      expect(problemOf(text)).toMatchObject({
        code: 'HTTP.EXPECTATION_FAILED',
        errors: [{ field: 'header.Expect' }],
      });
    },
  );

  it('with Expect: 100-continue is answered', async () => {
    const { text } = await sendRaw(door.url, ['GET /api/open HTTP/1.1', 'Expect: 100-continue']);
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  it.each([
    ['something after the token', `Bearer ${TOKEN} junk`],
    ['something before it', `junk Bearer ${TOKEN}`],
    ['two tokens', `Bearer ${TOKEN}, Bearer ${TOKEN}`],
    ['another scheme', `Basic ${TOKEN}`],
    ['no scheme', TOKEN],
    ['no token', 'Bearer'],
    ['a token in quotes', `Bearer "${TOKEN}"`],
    ['', ''],
  ])('with %s in Authorization is 401', async (_why, authorization) => {
    const answer = await send(`${door.url}/api/things/a`, { headers: { authorization } });
    refusal(answer, 401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it.each([
    ['the same twice', [AUTHORIZATION, AUTHORIZATION]],
    ['a good one first', [AUTHORIZATION, 'Authorization: Bearer x']],
    ['a good one last', ['authorization: Bearer x', AUTHORIZATION]],
  ])('with two headers Authorization is 401: %s', async (_why, headers) => {
    const { status, text } = await sendRaw(door.url, ['GET /api/things/a HTTP/1.1', ...headers]);
    expect([status, problemOf(text).code]).toEqual([401, 'AUTH.UNAUTHENTICATED']);
    expect(text).toMatch(/\r\nWWW-Authenticate: Bearer /i);
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('accepts the scheme as %s', async (scheme) => {
    const headers = { authorization: `${scheme} ${TOKEN}` };
    expect((await send(`${door.url}/api/things/a`, { headers })).status).toBe(200);
  });

  it('that stays incomplete is cut after 14 to 15 s', async () => {
    const began = performance.now();
    const { status, text } = await sendBytes(door.url, 'GET /api/open HTTP/1.1\r\nHost: a\r\nX-Half: ');
    const seconds = (performance.now() - began) / 1_000;
    expect([status, problemOf(text).code]).toEqual([408, 'HTTP.REQUEST_TIMEOUT']);
    expect(seconds).toBeGreaterThan(HEADERS_SECONDS - 1);
    expect(seconds).toBeLessThan(HEADERS_SECONDS + 1); // one second of tolerance for a busy machine
  }, 60_000);
});
