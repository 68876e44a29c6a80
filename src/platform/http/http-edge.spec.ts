import { PassThrough } from 'node:stream';
import {
  doorConfig,
  startHttpApplication,
  type HttpApplication,
} from '../../../test/support/http-application.js';
import { refusal, send, sendRaw, type Answer, type TestRequest } from '../../../test/support/http-client.js';
import { OpenController, ThingsController } from '../../../test/support/things-controller.js';
import { tokenOf } from '../../../test/support/tokens.js';
import { createLogger, NestLogger } from '../logging/index.js';

let door: HttpApplication;
const token = tokenOf('usr_1', ['user']);

beforeAll(async () => {
  door = await startHttpApplication([ThingsController, OpenController]);
});
afterAll(() => door.close());

const call = (path: string, request: TestRequest = {}): Promise<Answer> =>
  send(`${door.url}${path}`, { token, ...request });

describe('the address and the method', () => {
  it('without a route are answered 404', async () => {
    for (const path of [
      '/',
      '/api',
      '/api/nothing',
      '/api/things/a/b',
      '/api/Things',
      '/API/things/a',
      '/index.php',
      '/api/things/a/../..//x',
    ]) {
      expect(refusal(await call(path), 404).code).toBe('HTTP.ROUTE_NOT_FOUND');
    }
  });

  it('of a route that lacks the method are answered 405 with Allow', async () => {
    const answer = await call('/api/things', { method: 'DELETE' });
    expect(refusal(answer, 405).code).toBe('HTTP.METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');

    const ofOne = await call('/api/things/a', { method: 'PUT', body: {} });
    expect(refusal(ofOne, 405).detail).toBe('This address accepts only GET, HEAD, OPTIONS.');
  });

  it('return the methods for OPTIONS', async () => {
    const answer = await send(`${door.url}/api/things`, { method: 'OPTIONS' });

    expect([answer.status, answer.headers.get('allow'), answer.text]).toEqual([
      204,
      'GET, HEAD, OPTIONS, POST',
      '',
    ]);
    refusal(await send(`${door.url}/api/nothing`, { method: 'OPTIONS' }), 404);
  });

  it('answer HEAD like GET without the body', async () => {
    const answer = await call('/api/things/a', { method: 'HEAD' });

    expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([
      200,
      'application/json; charset=utf-8',
      '',
    ]);
    expect((await send(`${door.url}/api/things/a`, { method: 'HEAD' })).status).toBe(401);
  });
});

describe('the accepted formats', () => {
  it.each(['application/json', '*/*', 'text/html, application/*;q=0.5', 'text/csv, */*;q=0.1'])(
    'that include JSON are accepted: %s',
    async (accept) => {
      expect((await call('/api/things/a', { headers: { accept } })).status).toBe(200);
    },
  );

  it.each(['text/html', 'text/csv', 'application/json;q=0'])(
    'that exclude JSON are answered 406: %s',
    async (accept) => {
      refusal(await call('/api/things/a', { headers: { accept } }), 406);
    },
  );

  it('can include others on routes that declare them', async () => {
    expect((await call('/api/things/csv', { headers: { accept: 'text/csv' } })).status).toBe(200);
    expect(
      refusal(await call('/api/things/csv', { headers: { accept: 'image/png' } }), 406).detail,
    ).toContain('application/json or text/csv');
  });
});

describe('token and role', () => {
  const broken: TestRequest[] = [
    { method: 'POST', body: '{"broken' },
    { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } },
    { method: 'POST', body: 'x'.repeat(100_000) },
    { method: 'POST', body: {}, headers: { accept: 'image/png' } },
  ];

  it.each(broken)('are judged before the body, its type and its size: %#', async (request) => {
    refusal(await send(`${door.url}/api/things`, request), 401);
    refusal(await send(`${door.url}/api/things`, { ...request, token: tokenOf('usr_1', ['nobody']) }), 403);
  });

  it.each(['?unknown=1', '?limit=1&limit=2', '/%00', '/not%20an%20id'])(
    'are judged before parameters: %s',
    async (rest) => {
      refusal(await send(`${door.url}/api/things${rest}`), 401);
      refusal(await send(`${door.url}/api/things${rest}`, { token: tokenOf('usr_1', []) }), 403);
    },
  );
});

describe('what goes wrong', () => {
  it('in a feature is returned with its code; extra members replace no standard ones', async () => {
    const problem = refusal(await call('/api/things/broken'), 409);

    expect(problem).toMatchObject({
      code: 'THINGS.BROKEN',
      detail: 'It is broken.',
      missing: '3',
      status: 409,
    });
  });

  it.each([
    ['refused', 503],
    ['shutdown', 503],
    ['wrapped', 503],
    ['poolTimeout', 503],
    ['badValue', 400],
    ['duplicate', 409],
  ])('in the database (%s) is answered %i', async (how, status) => {
    const answer = await call(`/api/things/fails/${how}`);
    refusal(answer, status);
    expect(answer.headers.get('retry-after')).toBe(status === 503 ? '2' : null);
  });

  it('in the database is logged without values, for any status', async () => {
    const log = new PassThrough();
    const logger = new NestLogger(createLogger({ level: 'info', format: 'json', to: log }));
    const logging = await startHttpApplication([ThingsController], doorConfig(), logger);
    try {
      const answer = await send(`${logging.url}/api/things/fails/badValue`, { token });
      const { requestId } = refusal(answer, 400);
      refusal(await send(`${logging.url}/api/things/broken`, { token }), 409);
      const lines = String(log.read())
        .split('\n')
        .filter((line) => line.includes('requestId'));
      expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
        expect.objectContaining({
          level: 'warn',
          requestId,
          err: {
            type: 'DatabaseComplaint',
            message: 'PostgreSQL refused a statement: SQLSTATE 22P02, routine set_var_from_str',
            code: '22P02',
            stack: expect.stringMatching(/^ +at .*badValue/) as unknown,
          },
        }),
      ]);
      expect(lines.join()).not.toContain('secret');
    } finally {
      await logging.close();
    }
  });

  it('inside the service is a 500 without internal details', async () => {
    const answer = await call('/api/things/fails/otherwise');

    expect(refusal(answer, 500).code).toBe('HTTP.INTERNAL');
    expect(answer.text).not.toContain('secret');
  });

  it('during an answer breaks the connection, so that a partial answer never looks complete', async () => {
    await expect(call('/api/things/half')).rejects.toThrow();
  });

  it('in HTTP itself is a problem document too', async () => {
    const garbage = await sendRaw(door.url, ['GET /api/things nonsense']);
    expect(garbage.status).toBe(400);
    expect(garbage.text).toContain('"code":"HTTP.BAD_REQUEST"');

    const headers = await sendRaw(door.url, ['GET / HTTP/1.1', `X: ${'x'.repeat(70_000)}`]);
    expect(headers.status).toBe(431);
  });
});

describe('the request id', () => {
  it('is that of the caller if it is valid', async () => {
    const answer = await call('/api/things/a', { headers: { 'x-request-id': 'trace-1:a' } });

    expect(answer.headers.get('x-request-id')).toBe('trace-1:a');
  });

  it.each(['', 'a b', '<script>', 'x'.repeat(129)])('is otherwise a new one: "%s"', async (id) => {
    const answer = await call('/api/things/a', { headers: { 'x-request-id': id } });

    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the headers of an answer', () => {
  it('keep browsers from guessing, framing, caching and loading from elsewhere', async () => {
    const { headers } = await call('/api/things/a');

    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('allow another origin only if it is configured', async () => {
    const origin = 'https://app.example';
    const closed = await call('/api/things/a', { headers: { origin } });
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();

    const open = await startHttpApplication([OpenController], doorConfig({ corsOrigins: [origin] }));
    try {
      const preflight = await send(`${open.url}/api/open`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      const foreign = await send(`${open.url}/api/open`, { headers: { origin: 'https://evil.example' } });
      expect(foreign.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
    } finally {
      await open.close();
    }
  });
});

describe('the address of a caller', () => {
  const addressSeen = async (trustedProxies: string[]): Promise<string> => {
    const behind = await startHttpApplication([OpenController], doorConfig({ trustedProxies }));
    try {
      const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
      return (await send(`${behind.url}/api/open`, { headers })).json<{ address: string }>().address;
    } finally {
      await behind.close();
    }
  };

  it('comes from forwarded headers only of trusted proxies', async () => {
    expect(await addressSeen([])).toBe('127.0.0.1');
    expect(await addressSeen(['10.0.0.0/8'])).toBe('127.0.0.1');
    expect(await addressSeen(['loopback'])).toBe('198.51.100.7');
    expect(await addressSeen(['loopback', '198.51.100.0/24'])).toBe('203.0.113.9');
  });
});
