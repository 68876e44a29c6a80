import { send, sendRaw, problemIn } from '../support/http-client.js';
import { FINANCE } from '../support/revenue-client.js';
import { startTestService, type TestService } from '../support/service.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const ids = (count: number): string =>
  Array.from({ length: count }, (_, n) => `moduleId=module-${n}-of-many`).join('&');

describe('a long address', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it('is read up to 32 kB', async () => {
    const answer = await send(`${service.url}/api/revenue?${ids(1_000)}`, { token: FINANCE });
    expect([answer.status, problemIn(answer).code]).toEqual([404, 'REVENUE.MODULE_NOT_FOUND']);
  });

  it('has a problem of its own beyond that: 414, and with headers of more than 64 kB 431', async () => {
    const long = await send(`${service.url}/api/revenue?${ids(1_200)}`, { token: FINANCE });
    expect([long.status, problemIn(long).code]).toEqual([414, 'HTTP.ADDRESS_TOO_LONG']);
    for (const count of [3_000, 20_000]) {
      const { status, text } = await sendRaw(service.url, [
        `GET /api/revenue?${ids(count)} HTTP/1.1`,
        `Authorization: Bearer ${FINANCE}`,
        `Accept: ${BROWSER}`,
      ]);
      expect([status, text]).toEqual([431, expect.stringContaining('"code":"HTTP.HEADERS_TOO_LARGE"')]);
      expect(text).toContain('\r\nContent-Type: application/problem+json\r\n');
    }
  });

  it.each([
    ['too long', `/?${ids(1_200)}`, 414],
    ['much too long', `/?${ids(3_000)}`, 431],
    ['endless', `/?${ids(40_000)}`, 431],
    ['of no file', '/page/nothing.js', 404],
  ])('for a page that is %s gets a page in a browser', async (_what, path, expected) => {
    const { status, text } = await sendRaw(service.url, [`GET ${path} HTTP/1.1`, `Accept: ${BROWSER}`]);
    expect(status).toBe(expected);
    expect(text).toMatch(/\r\nContent-Type: text\/html; charset=utf-8\r\n/);
    expect(text).toContain('<a href="/">');
  });

  it('that is not from a browser gets a problem document, like every API error', async () => {
    problemIn(await send(`${service.url}/nothing`));
    problemIn(await send(`${service.url}/api/nothing`, { headers: { accept: BROWSER } }));
    problemIn(await send(`${service.url}/?${ids(1_200)}`));
  });

  it('without a route gets a page too, which escapes the address', async () => {
    const { status, headers, text } = await send(`${service.url}/%3Cscript%3E/nothing`, {
      headers: { accept: BROWSER },
      undocumented: 'it is a page, and no part of the API',
    });
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(text).not.toContain('<script');
  });
});
