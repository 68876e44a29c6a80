/**
 * A page for tests of components: a document without a browser, and a real HTTP server that answers as the test says.
 * What needs layout, a focus order or real navigation is tested in Chromium (test/browser).
 */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Window } from 'happy-dom';
import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { startRouter } from '../address/router.js';

/** What components use of a browser; Node's own `fetch`, `Request` and timers stay. */
const BROWSER = [
  'window',
  'document',
  'history',
  'location',
  'sessionStorage',
  'localStorage',
  'addEventListener',
  'removeEventListener',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'Element',
  'HTMLElement',
  'HTMLInputElement',
  'Node',
] as const;

/** How the server answers a request: a status and a JSON body, or a lost connection. */
export type Answer = { readonly status?: number; readonly body?: unknown } | 'lost';

export class TestPage {
  private server: Server | null = null;
  private window: Window | null = null;
  private readonly before = new Map<string, PropertyDescriptor | undefined>();
  /** The requests so far: `GET /api/modules?q=a`, and their bodies. */
  readonly requests: { readonly route: string; readonly headers: object; readonly body: string }[] = [];
  /** Answers by method and path, without the query: `{ 'GET /api/modules': () => ({ body: { data: [] } }) }`. */
  answers: Readonly<Record<string, () => Answer | Promise<Answer>>> = {};

  /** Call it in `beforeEach`, and `close` in `afterEach`. */
  async open(path = '/'): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const route = `${request.method} ${request.url}`;
        this.requests.push({ route, headers: request.headers, body: Buffer.concat(chunks).toString() });
        void Promise.resolve(this.answers[route.split('?')[0] ?? '']?.() ?? { status: 404, body: {} }).then(
          (answer) => {
            if (answer === 'lost') return void request.socket.destroy();
            response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
            response.end(JSON.stringify(answer.body ?? {}));
          },
        );
      });
    });
    this.server = server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const window = new Window({ url: url + path });
    this.window = window;
    window.document.head.innerHTML = `<script type="module" src="${url}/page/main.js"></script>`;
    for (const name of BROWSER) {
      this.before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
      const value: unknown = Reflect.get(window, name);
      const bound: unknown = typeof value === 'function' && /^[a-z]/.test(name) ? value.bind(window) : value;
      Object.defineProperty(globalThis, name, { value: bound, configurable: true, writable: true });
    }
    startRouter();
  }

  async close(): Promise<void> {
    void act(() => render(null, document.body));
    for (const [name, descriptor] of this.before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
    await this.window?.happyDOM.close();
    this.server?.closeAllConnections();
    this.server?.close();
    this.requests.length = 0;
  }

  /** Draws a component, with its effects. */
  async show(component: ComponentChild): Promise<HTMLElement> {
    await act(() => render(component, document.body));
    return document.body;
  }

  /** Clicks on the first button or link with this name. */
  async press(name: string): Promise<void> {
    const found = [...document.querySelectorAll<HTMLElement>('button, a')].find(
      (element) => element.textContent?.trim() === name,
    );
    if (found === undefined) throw new Error(`No button or link "${name}" in: ${document.body.textContent}`);
    await act(() => found.click());
  }

  /** Types a text into the field with this label. */
  async type(label: string, text: string): Promise<void> {
    const found = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === label);
    const field = document.getElementById(found?.getAttribute('for') ?? '') as HTMLInputElement | null;
    if (field === null) throw new Error(`No field "${label}" in: ${document.body.textContent}`);
    await act(() => {
      field.value = text;
      field.dispatchEvent(new window.Event('input', { bubbles: true }));
    });
  }

  /** Waits until the page contains the text; draws what arrives meanwhile. */
  async sees(text: string | RegExp): Promise<void> {
    const isThere = (): boolean =>
      typeof text === 'string'
        ? (document.body.textContent ?? '').includes(text)
        : text.test(document.body.textContent ?? '');
    await this.until(isThere, `"${text}"`);
  }

  /** Waits until it is so; draws what arrives meanwhile. */
  async until(isSo: () => boolean, what = 'What the test waits for'): Promise<void> {
    for (const end = Date.now() + 5_000; !isSo();) {
      if (Date.now() > end) throw new Error(`${what} is not in: ${document.body.textContent}`);
      await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
    }
  }
}
