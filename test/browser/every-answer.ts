import type { Page } from 'playwright-core';
import { settled, tokenFor, type PageWorld, type Person } from '../support/page-world.js';
import { doneAndLost } from './hold.js';
import { areasLeftOut } from './offered-areas.js';

interface Area {
  readonly address: string;
  readonly person: Person;
  /** Seen only with the answers of the service. */
  readonly content: string;
  /** Absent: the area only reads. */
  readonly write?: Write;
}

/** One write of an area, whose answer is lost. */
interface Write {
  /** Opens and fills the form. */
  readonly fill: (page: Page) => Promise<unknown>;
  /** The button that sends it. */
  readonly button: string;
  /** What the page says while nobody knows what became of it. */
  readonly says?: RegExp;
}

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();
const type = (page: Page, label: string | RegExp, value: string): Promise<void> =>
  page.getByRole('dialog').getByLabel(label).fill(value);
const NOT_KNOWN = /not known/;

const AREAS: readonly Area[] = [
  { address: '/?range=all', person: 'partner', content: '.rows-table tbody tr' },
  {
    address: '/modules',
    person: 'admin',
    content: '.modules-table tbody tr',
    write: {
      fill: async (page) => {
        await press(page, 'Publish a module …');
        await type(page, 'Name', 'Lost Module');
        await type(page, /^Price/, '3');
        await page.getByRole('dialog').getByLabel('Belongs to').selectOption('platform');
      },
      button: 'Publish',
    },
  },
  {
    address: '/modules/a-maps',
    person: 'admin',
    content: '.months tbody tr',
    write: { fill: (page) => press(page, 'Archive …'), button: 'Archive' },
  },
  { address: '/customers', person: 'finance', content: '.customers tbody tr' },
  {
    address: '/customers/bob',
    person: 'finance',
    content: '.balance-figures',
    write: {
      fill: async (page) => {
        await press(page, /^Refund …/);
        await page.locator('.effect').waitFor();
      },
      button: 'Refund',
    },
  },
  { address: '/signals?month=2026-02', person: 'finance', content: '.signal-list li' },
  { address: '/data', person: 'admin', content: '.drop' },
  { address: '/audit', person: 'admin', content: '.audit-table tbody tr' },
  {
    address: '/settings?range=all',
    person: 'admin',
    content: '.preview tbody tr',
    write: {
      fill: async (page) => {
        await press(page, /Change … Credits per unit/);
        await type(page, /^Credits per unit/, '11');
      },
      button: 'Save',
    },
  },
  {
    address: '/settings/people',
    person: 'admin',
    content: '.people-table tbody tr',
    write: {
      fill: async (page) => {
        await press(page, 'Add a person …');
        await type(page, 'Id', 'lost-person');
      },
      button: 'Add',
    },
  },
  { address: '/credits', person: 'user', content: '.balance-figures' },
  { address: '/statements?partner=acme', person: 'finance', content: '.balance-figures' },
  {
    address: '/statements',
    person: 'finance',
    content: '.statements .combobox',
    write: {
      fill: async (page) => {
        await press(page, 'Preview');
        await press(page, 'Close January 2026 …');
      },
      button: 'Close the month',
    },
  },
];

/** Each part that failed has its own button. */
async function tryAgain(page: Page): Promise<void> {
  const again = page.getByRole('button', { name: 'Try again' });
  while ((await again.count()) > 0) {
    await again.first().click();
    await settled(page);
  }
}

/** What every area reads; who is signed in and the settings come before any area. */
const READS = /\/api\/(?!auth\/|settings$)/;

const FAILURES = [
  ['a connection that drops', { abort: true }],
  ['an answer that breaks off', { body: '{"data":[{"id":' }],
] as const;

/** Slow, failing and lost answers, for each area. */
export function everyAnswer(world: PageWorld): void {
  describe.each(AREAS)('$address', ({ address, person, content, write }) => {
    it('waits for slow answers, says what failed, and goes on when the service answers', async () => {
      const page = await world.tab();
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      let reads = 0;
      await page.route(READS, async (route) => {
        reads += 1;
        await held;
        await route.continue();
      });
      await page.addInitScript(`sessionStorage.setItem('module-revenue-token', '${tokenFor(person)}')`);
      await page.goto(`${world.url}${address}`);
      await page.locator('main h1').first().waitFor();
      if (reads > 0) {
        await page.locator('[aria-busy="true"]').first().waitFor();
        expect(await page.locator(content).count()).toBe(0);
      }
      release();
      await page.locator(content).first().waitFor();
      await settled(page);
      await page.unroute(READS);
      if (reads === 0) return;
      for (const [, answer] of FAILURES) {
        await page.route(READS, (route) =>
          'abort' in answer
            ? route.abort('connectionreset')
            : route.fulfill({ contentType: 'application/json', body: answer.body }),
        );
        await page.reload();
        await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
        await settled(page);
        expect(await page.locator(content).count()).toBe(0);
        await page.unroute(READS);
        await tryAgain(page);
        await page.locator(content).first().waitFor();
        await settled(page);
        expect(await page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0);
      }
    });

    if (write === undefined) return;
    it('says of a write whose answers are lost that it is not known', async () => {
      const page = await world.visit(person, address);
      await write.fill(page);
      await page.route(READS, doneAndLost);
      await page.getByRole('dialog').getByRole('button', { name: write.button, exact: true }).click();
      await page
        .getByRole('dialog')
        .getByText(write.says ?? NOT_KNOWN)
        .first()
        .waitFor();
      expect(await page.getByText(/nothing (was|is)/i).count()).toBe(0);
    });
  });

  it('every area of the navigation is in the table of answers', async () => {
    expect(
      await areasLeftOut(
        world,
        AREAS.map(({ address }) => address),
      ),
    ).toEqual([]);
  });
}
