import { startHttpApplication, type HttpApplication } from '../../../test/support/http-application.js';
import {
  refusal,
  refusedFields,
  send,
  sendRaw,
  type Answer,
  type TestRequest,
} from '../../../test/support/http-client.js';
import { OpenController, ThingsController } from '../../../test/support/things-controller.js';
import { tokenOf } from '../../../test/support/tokens.js';

let door: HttpApplication;
const token = tokenOf('usr_1', ['user']);

beforeAll(async () => {
  door = await startHttpApplication([ThingsController, OpenController]);
});
afterAll(() => door.close());

const call = (path: string, request: TestRequest = {}): Promise<Answer> =>
  send(`${door.url}${path}`, { token, ...request });
const post = (body: unknown, path = '/api/things'): Promise<Answer> => call(path, { method: 'POST', body });

describe('a JSON body', () => {
  it('reaches the handler as it was sent', async () => {
    const thing = { id: 'a:b|c+=~-@1', credits: '0.000001', partnerId: null, parts: [{ label: 'Ünï 🚀' }] };
    const answer = await post(thing);

    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual({
      thing: { ...thing, pool: 'any' },
      keys: expect.arrayContaining(['id', 'credits', 'partnerId', 'parts', 'pool']) as string[],
    });
  });

  it('treats null as absent, except in fields in which it has a meaning', async () => {
    const answer = await post({
      id: 'a',
      credits: null,
      occurredAt: null,
      reason: null,
      pool: null,
      partnerId: null,
      parts: [{ label: 'x', note: null }],
    });

    expect(answer.json()).toMatchObject({
      thing: { id: 'a', pool: 'any', partnerId: null, parts: [{ label: 'x' }] },
    });
    expect(answer.text).not.toMatch(/"(?:credits|occurredAt|reason|note)":null/);
  });

  it.each<[trap: string, body: unknown, field: string]>([
    ['an unknown field', { id: 'a', extra: 1 }, 'extra'],
    ['an unknown field that is null', { id: 'a', extra: null }, 'extra'],
    ['an unknown field in a nested object', { id: 'a', parts: [{ label: 'x', extra: 1 }] }, 'parts[0].extra'],
    ['a missing field', {}, 'id'],
    ['null for a field that must be there', { id: null }, 'id'],
    ['an id that is a number', { id: 7 }, 'id'],
    ['an id that is an object', { id: { text: 'a' } }, 'id'],
    ['an id that is an array', { id: ['a'] }, 'id'],
    ['an id with a space', { id: 'a b' }, 'id'],
    ['an id with a line break at its end', { id: 'a\n' }, 'id'],
    ['an id of 129 characters', { id: 'a'.repeat(129) }, 'id'],
    ['an empty id', { id: '' }, 'id'],
    ['a decimal as a number', { id: 'a', credits: 12.5 }, 'credits'],
    ['a decimal with an exponent', { id: 'a', credits: '1e-7' }, 'credits'],
    ['a decimal with 7 places', { id: 'a', credits: '0.0000001' }, 'credits'],
    ['a decimal of 13 digits', { id: 'a', credits: '1000000000000' }, 'credits'],
    ['a decimal with a sign', { id: 'a', credits: '+1' }, 'credits'],
    ['a negative decimal', { id: 'a', credits: '-1' }, 'credits'],
    ['a decimal with a leading zero', { id: 'a', credits: '01' }, 'credits'],
    ['a decimal with spaces', { id: 'a', credits: ' 1' }, 'credits'],
    ['a decimal with other digits', { id: 'a', credits: '١' }, 'credits'],
    ['NaN as text', { id: 'a', credits: 'NaN' }, 'credits'],
    ['zero where it must be positive', { id: 'a', credits: '0.00' }, 'credits'],
    ['a date without a time', { id: 'a', occurredAt: '2026-01-01' }, 'occurredAt'],
    ['20260101 as a date', { id: 'a', occurredAt: '20260101' }, 'occurredAt'],
    ['30 February', { id: 'a', occurredAt: '2026-02-30T00:00:00Z' }, 'occurredAt'],
    ['an instant without an offset', { id: 'a', occurredAt: '2026-01-01T00:00:00' }, 'occurredAt'],
    [
      'an instant with 7 fraction digits',
      { id: 'a', occurredAt: '2026-01-01T00:00:00.1234567Z' },
      'occurredAt',
    ],
    ['an instant as a number', { id: 'a', occurredAt: 1767225600000 }, 'occurredAt'],
    ['a text that is too long', { id: 'a', reason: '123456' }, 'reason'],
    ['a text of spaces', { id: 'a', reason: '  ' }, 'reason'],
    ['a text with a control character', { id: 'a', reason: 'a\u0007' }, 'reason'],
    ['an unknown word', { id: 'a', pool: 'paid' }, 'pool'],
    ['an array', [{ id: 'a' }], 'body'],
    ['a text', '"a"', 'body'],
    ['a number', '7', 'body'],
    ['null', 'null', 'body'],
    ['text that is not JSON', '{"id":"a",}', 'body'],
    ['two JSON values', '{"id":"a"} {"id":"b"}', 'body'],
    ['NUL', '{"id":"a","reason":"a\\u0000"}', 'reason'],
    ['NUL in a name', '{"id":"a","a\\u0000":1}', 'a\ufffd'],
    ['a lone surrogate', '{"id":"a","reason":"\\ud83d"}', 'reason'],
    ['a lone surrogate in an array', '{"id":"a","parts":[{"label":"\\udc00"}]}', 'parts[0].label'],
    ['a number beyond the range of a double', '{"id":"a","credits":1e400}', 'credits'],
    ['a key twice', '{"id":"a","id":"b"}', 'id'],
    ['a key twice, once escaped', '{"id":"a","\\u0069d":"b"}', 'id'],
    ['a key twice inside', '{"id":"a","parts":[{"label":"x","label":"x"}]}', 'label'],
    ['__proto__', '{"id":"a","__proto__":{"credits":"1"}}', '__proto__'],
    ['constructor', '{"id":"a","constructor":{"name":"x"}}', 'constructor'],
    ['toString', '{"id":"a","toString":1}', 'toString'],
    ['101 fields', `{${Array.from({ length: 101 }, (_, n) => `"k${n}":1`).join(',')}}`, 'body'],
    ['30,001 values', `{"id":[${'0,'.repeat(30_000)}0]}`, 'body'],
    ['prototype inside', '{"id":"a","parts":[{"label":"x","prototype":1}]}', 'parts[0].prototype'],
  ])('is refused with %s', async (_trap, body, field) => {
    const answer = await post(body);

    expect(refusedFields(answer)).toContain(field);
  });

  it('is accepted with keys and colons inside its texts', async () => {
    const answer = await post('{ "id" : "a" , "reason" : "\\":{" }');

    expect(answer.json()).toMatchObject({ thing: { reason: '":{' } });
  });

  it.each([
    ['arrays', '{"id":"a","parts":' + '['.repeat(5000) + ']'.repeat(5000) + '}'],
    ['objects', '{"a":'.repeat(5000) + '1' + '}'.repeat(5000)],
  ])('is refused with %s nested 5,000 deep', async (_what, body) => {
    expect(refusal(await post(body)).detail).toContain('levels deep');
  });

  it('is refused when it is not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"id":"a","reason":"'), Buffer.from([0xff]), Buffer.from('"}')]);

    expect(refusedFields(await post(body))).toEqual(['body']);
  });

  it('is refused with all wrong fields', async () => {
    const problem = refusal(await post({ id: 7, credits: 7, extra: 7 }));

    expect(problem.errors).toEqual(
      expect.arrayContaining([
        { field: 'extra', message: 'is not a known field' },
        { field: 'credits', message: expect.stringContaining('like "7"') as string },
      ]),
    );
    expect(problem.errors).toHaveLength(3);
  });

  it('is refused when it is too long: 413', async () => {
    refusal(await post({ id: 'a', reason: 'x'.repeat(70_000) }), 413);
    refusal(await post({ id: 'abcdefghijklmnop' }, '/api/things/small'), 413);
    const chunked = await sendRaw(
      door.url,
      [
        'POST /api/things/small HTTP/1.1',
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
      ],
      '20\r\n' + 'x'.repeat(32) + '\r\n0\r\n\r\n',
    );
    expect(chunked.status).toBe(413);
  });

  it('is answered 408 if it does not arrive', async () => {
    const { setTimeout: later } = globalThis;
    const impatience = jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((work: () => void, ms: number) =>
        later(work, ms === 30_000 ? 30 : ms)) as typeof later);
    const answer = await sendRaw(
      door.url,
      [
        'POST /api/things HTTP/1.1',
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        'Content-Length: 100',
      ],
      '{"id":',
    );

    impatience.mockRestore();
    expect(answer.status).toBe(408);
    expect(answer.text).toContain('"code":"HTTP.REQUEST_TIMEOUT"');
  });

  it.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['application/json; charset=utf-16', {}],
    ['nonsense', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
    ['application/json', { 'content-encoding': 'br' }],
  ])('is refused as %s %j: 415', async (type, headers) => {
    const answer = await call('/api/things', {
      method: 'POST',
      body: '{"id":"a"}',
      headers: { 'content-type': type, ...headers },
    });

    expect(refusal(answer, 415).detail).toMatch(/Content-Type application\/json|Content-Encoding/);
  });

  it('is accepted as application/json in any spelling', async () => {
    const answer = await call('/api/things', {
      method: 'POST',
      body: '{"id":"a"}',
      headers: { 'content-type': 'Application/JSON; charset="UTF-8"' },
    });

    expect(answer.status).toBe(201);
  });

  it('can be absent, which is an empty object', async () => {
    expect(refusedFields(await call('/api/things', { method: 'POST' }))).toEqual(['id']);
  });

  it('is refused by routes without a body, unless it is empty', async () => {
    expect((await call('/api/things/bare', { method: 'POST' })).status).toBe(201);
    expect((await post({}, '/api/things/bare')).status).toBe(201);
    expect(refusedFields(await post({ id: 'a' }, '/api/things/bare'))).toEqual(['body']);
  });

  it('is left to handlers that read it themselves, if its type is right', async () => {
    const stream = (type: string, encoding: string): Promise<Answer> =>
      call('/api/things/stream', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': type, 'content-encoding': encoding },
      });

    expect((await stream('application/x-ndjson', 'gzip')).status).toBe(201);
    refusal(await stream('application/json', 'identity'), 415);
    refusal(await stream('application/x-ndjson', 'br'), 415);
  });

  it('has no socket timeout if it is a stream, because its reader watches the sender', async () => {
    const answer = await call('/api/things/stream/patience', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/x-ndjson' },
    });

    expect(answer.json()).toEqual({ whileReading_ms: 0, afterwards_ms: 0 });
  });
});
