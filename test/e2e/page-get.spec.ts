import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { refusal, send, sendRaw } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';

/** The page as it is built and served. */
const PAGE = join(ROOT, 'dist', 'src', 'dashboard', 'page');
/** Script and style of the first view, compressed. */
const BUDGET_BYTES = 90_000;

/** Every file of the page, by its name below `/page/`. */
function pageFiles(): string[] {
  return readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(js|css|svg)$/.test(name));
}

/** A script and all that it imports at once; not what it loads later. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = readFileSync(join(PAGE, name), 'utf8');
  for (const [, imported = ''] of text.matchAll(/(?:from|import)"(\.{1,2}\/[^"]+)"/g)) {
    withImports(join(dirname(name), imported), seen);
  }
  return seen;
}

describe('the page', () => {
  let service: TestService;

  beforeAll(async () => {
    await ensureCompiled(); // First, because it is slow.
    service = await startTestService();
  }, 180_000);
  afterAll(() => service.close());

  const get = (path: string, headers: Record<string, string> = {}): ReturnType<typeof send> =>
    send(`${service.url}${path}`, { headers });

  it('is served at / to everybody, whatever filter the address contains', async () => {
    for (const path of ['/', '/?range=this-year&moduleId=a&moduleId=b&nonsense=%00']) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.text).toContain('<script src="page/main.js" type="module">');
    }
  });

  it('runs only its own scripts, and sends nothing to another host', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    const directives: Record<string, string> = {};
    for (const part of policy.split(';')) {
      const [name = '', ...sources] = part.trim().split(' ');
      directives[name] = sources.join(' ');
    }
    expect(directives).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'frame-ancestors': "'none'",
    });
    for (const name of ['index.html', ...pageFiles()]) {
      // Names of XML, which nothing requests, and the base of addresses where there is no document.
      const text = readFileSync(join(PAGE, name), 'utf8')
        .replaceAll(/http:\/\/www\.w3\.org\/[\w/]+/g, '')
        .replaceAll('http://localhost/', '');
      expect([name, /https?:\/\//.exec(text)]).toEqual([name, null]);
    }
  });

  it('serves each of its files, compressed, and reports when they are unchanged', async () => {
    for (const name of pageFiles()) {
      const answer = await get(`/page/${name}`);
      const etag = answer.headers.get('etag') ?? 'none';
      expect([name, answer.status, answer.headers.get('cache-control')]).toEqual([name, 200, 'no-cache']);
      // As raw text, because fetch adds a header that asks for the whole file.
      const again = await sendRaw(service.url, [`GET /page/${name} HTTP/1.1`, `If-None-Match: ${etag}`]);
      expect([name, again.status]).toEqual([name, 304]);
    }
    const script = await send(`${service.url}/page/main.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  it('has at most 90 kB of script and style in its first view, compressed', () => {
    const parts = ['revenue-area', 'draw-chart'].map(
      (part) => pageFiles().find((name) => name.startsWith(`parts/${part}-`)) ?? part,
    );
    const files = [
      ...['main.js', ...parts].flatMap((name) => [...withImports(name)]).map((name) => join(PAGE, name)),
      join(PAGE, 'styles', 'page.css'),
    ];
    const bytes = [...new Set(files)].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it('is served at the address of each area, and of the things in it', async () => {
    for (const [path, up] of [
      ['/revenue', ''],
      ['/settings?range=all', ''],
      ['/modules', ''],
      ['/modules/a%2Fb', '../'],
    ] as const) {
      const answer = await get(path);
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
      expect(answer.text).toContain(`<script src="${up}page/main.js" type="module">`);
      expect(answer.text).toContain(`href="${up}page/styles/page.css"`);
    }
  });

  it.each([
    '/page/nothing.js',
    '/page/',
    '/page',
    '/page/../package.json',
    '/page/%2e%2e/index.js',
    '/page/exact/decimal.ts',
    '/settings/share/more',
    '/modules/a/b',
    '/favicon.ico',
    '/api/nothing',
    '/api',
  ])('does not answer for %s', async (path) => {
    expect(refusal(await get(path), 404).code).toBe('HTTP.ROUTE_NOT_FOUND');
  });

  it.each(['bytes=99999999-', 'bytes=-0', 'bytes=0-3'])(
    'returns the whole file for the range %s',
    async (range) => {
      for (const path of ['/', '/page/main.js']) {
        const answer = await get(path, { Range: range });
        expect([answer.status, answer.text]).toEqual([200, (await get(path)).text]);
      }
    },
  );

  it.each([
    ['If-Match', '"another"'],
    ['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ])('answers 412 if a file does not match %s', async (name, value) => {
    for (const path of ['/', '/page/main.js']) {
      expect(refusal(await get(path, { [name]: value }), 412).code).toBe('HTTP.PRECONDITION_FAILED');
    }
  });

  it('accepts only GET, HEAD and OPTIONS', async () => {
    for (const path of ['/', '/page/main.js']) {
      const answer = await send(`${service.url}${path}`, { method: 'POST', body: {} });
      expect(refusal(answer, 405).detail).toBe('This address accepts only GET, HEAD, OPTIONS.');
    }
  });
});
