import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../src/auth/index.js';
import { startBrowser } from './browser.js';
import { ensureCompiled } from './compiled.js';
import { DataFolder, ServiceProcess } from './compiled-service.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { send } from './http-client.js';
import { ndjson, type TestRecord } from './lines.js';
import { revenuePlatform } from './revenue-platform.js';
import { TEST_JWT_SECRET, tokenOf } from './tokens.js';

/** Longest time for one step of a user; a busy machine needs it. */
const PATIENCE_MS = 30_000;
const PASSWORD = 'correct horse battery staple';

/** The users who sign in, by role; `acme` of the revenue platform is the partner, `crowd` another one. */
const PEOPLE = {
  partner: { id: 'acme', email: 'hello@acme.example' },
  finance: { id: 'fin', email: 'fin@platform.example' },
  admin: { id: 'root', email: 'root@platform.example' },
  user: { id: 'ann', email: 'ann@customers.example' },
  crowd: { id: 'crowd', email: 'crowd@crowd.example' },
} as const;
export type Person = keyof typeof PEOPLE;

/** The range of all deployments of the revenue platform. */
export const RANGE = 'startDate=2026-01-01&endDate=2026-05-31';

/**
 * What the reader of a tab prefers. Tests compare the page with the API to the last digit, so amounts have all their
 * digits; the page's own tests show how they are rounded.
 */
const EXACT = `localStorage.setItem('module-revenue-preferences', JSON.stringify({ isExact: true }));`;

/** One service and one browser for all tests of the page. */
export class PageWorld {
  private database: TestDatabase | null = null;
  private readonly folder = new DataFolder();
  private process: ServiceProcess | null = null;
  private browser: Browser | null = null;
  private readonly tabs: BrowserContext[] = [];
  /** Errors on pages: errors of scripts, refused policies, requests to other hosts. */
  readonly complaints: string[] = [];
  url = '';

  /** Starts the compiled service, like `npm start`, and records its data. */
  async open(extra: readonly TestRecord[] = []): Promise<void> {
    await ensureCompiled();
    this.database = await createTestDatabase();
    this.process = new ServiceProcess({
      DATA_DIR: this.folder.path,
      DATABASE_URL: this.database.serviceUrl,
      DATABASE_OWNER_URL: this.database.ownerUrl,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
      LOG_LEVEL: 'warn',
    });
    const browser = startBrowser().then((started) => (this.browser = started));
    [this.url] = await Promise.all([this.process.url(), browser]);
    await this.settle(extra);
  }

  /** Ends what has started, even after a failed start: what goes on running would keep Jest from its end. */
  async close(): Promise<void> {
    await Promise.all([this.process?.kill(), this.browser?.close()]);
    await this.database?.drop();
    this.folder.remove();
  }

  /** The API's answer to this user. */
  ask(
    path: string,
    person: Person,
    request: { method?: string; body?: unknown } = {},
  ): ReturnType<typeof send> {
    return send(`${this.url}/api/${path}`, { ...request, token: tokenFor(person) });
  }

  /** A new tab, isolated from the others. */
  async tab(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await (this.browser as Browser).newContext({
      locale: 'en-US',
      timezoneId: 'UTC',
      viewport: { width: 1320, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    });
    this.tabs.push(context);
    await context.addInitScript(EXACT);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.complaints.push(message.text());
    });
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(this.url) || /^(blob|data):/.test(request.url());
      if (!isOwn) this.complaints.push(`asked ${request.url()}`);
    });
    return page;
  }

  /**
   * A tab at an address, with a pasted token.
   *
   * @param query of the revenue view; or a whole address below the service's, from its slash on
   */
  async visit(person: Person, query = '', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.tab(options);
    await this.enter(page, person, query);
    return page;
  }

  /** Opens an address in a tab, with a pasted token. */
  async enter(page: Page, person: Person, query = ''): Promise<void> {
    await page.addInitScript(`sessionStorage.setItem('module-revenue-token', '${tokenFor(person)}')`);
    await page.goto(`${this.url}${query.startsWith('/') ? query : `/${query === '' ? '' : `?${query}`}`}`);
    await settled(page);
  }

  /** Closes everything that the test has opened. */
  async tidy(): Promise<void> {
    await Promise.all(this.tabs.splice(0).map((context) => context.close()));
  }

  private async settle(extra: readonly TestRecord[]): Promise<void> {
    const body = ndjson([...revenuePlatform(), ...extra]);
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await send(`${this.url}/api/imports`, {
      method: 'POST',
      token: tokenFor('admin'),
      headers,
      body,
    });
    expect(answer.json()).toMatchObject({ refused: 0 });
    for (const [role, { id, email }] of Object.entries(PEOPLE)) {
      const known = await this.ask(`users/${id}`, 'admin');
      const isNew = known.status === 404;
      const person = isNew
        ? { id, email, roles: rolesOf(role as Person), password: PASSWORD }
        : { email, password: PASSWORD };
      const put = await this.ask(isNew ? 'users' : `users/${id}`, 'admin', {
        method: isNew ? 'POST' : 'PATCH',
        body: person,
      });
      expect([put.status, put.text]).toEqual([isNew ? 201 : 200, expect.any(String)]);
    }
  }
}

/** A token of one hour, as from the platform. */
export function tokenFor(person: Person): string {
  return tokenOf(PEOPLE[person].id, rolesOf(person));
}

function rolesOf(person: Person): Role[] {
  return [person === 'crowd' ? 'partner' : person];
}

/** Signs in with e-mail address and password, like a user. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel('E-mail address').fill(PEOPLE[person].email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await settled(page);
}

/** Waits until a user is signed in and nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main:not(.sign-in)').waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}
