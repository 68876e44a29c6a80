import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { settled, type PageWorld, type Person } from '../support/page-world.js';
import { ALL_RULES, violations } from './accessible.js';
import { areasLeftOut } from './offered-areas.js';
import { spills } from './spills.js';

type Opening = readonly [name: string, open: (page: Page) => Promise<unknown>];

interface Area {
  readonly address: string;
  readonly person: Person;
  /** Every dialog and drawer of the area; Escape closes it. */
  readonly dialogs: readonly Opening[];
}

const press =
  (name: string | RegExp) =>
  (page: Page): Promise<void> =>
    page.getByRole('button', { name }).first().click();
const choose =
  (menu: RegExp, item: string) =>
  async (page: Page): Promise<void> => {
    await press(menu)(page);
    await page.getByRole('menuitem', { name: item }).click();
  };
const confirmShare = async (page: Page): Promise<void> => {
  await page.getByLabel('New share, percent').fill('31');
  await press('Change …')(page);
};
const password = async (page: Page): Promise<void> => {
  await press(/^Account/)(page);
  await press('Change the password …')(page);
};

/** Each area once: its address, and all that opens over it. */
const AREAS: readonly Area[] = [
  {
    address: '/?range=all&includeFree=true',
    person: 'partner',
    dialogs: [
      ['an explanation', (page) => page.locator('.rows-table tbody a').first().click()],
      ['the own password', password],
    ],
  },
  {
    address: '/modules/a-maps',
    person: 'admin',
    dialogs: [
      ['a change', press('Edit …')],
      ['archiving', press('Archive …')],
      ['a deployment', (page) => page.locator('.row-link').first().click()],
    ],
  },
  { address: '/modules', person: 'admin', dialogs: [['publishing', press('Publish a module …')]] },
  {
    address: '/customers/bob',
    person: 'finance',
    dialogs: [
      ['an award', press(/^Award credits/)],
      ['a purchase', press(/^Record a purchase/)],
      ['a refund of a lot or a deployment', press(/^Refund …/)],
    ],
  },
  { address: '/customers', person: 'finance', dialogs: [['one award to many', press(/^Award many/)]] },
  { address: '/signals?month=2026-02', person: 'finance', dialogs: [] },
  { address: '/data', person: 'admin', dialogs: [] },
  {
    address: '/audit',
    person: 'admin',
    dialogs: [['an event', (page) => page.locator('.row-link').first().click()]],
  },
  {
    address: '/settings?range=all',
    person: 'admin',
    dialogs: [
      ['a change of the share', confirmShare],
      ['the rate', press(/Change … Credits per unit/)],
    ],
  },
  {
    address: '/settings/people',
    person: 'admin',
    dialogs: [
      ['a new person', press('Add a person …')],
      ['a person', choose(/^Actions for/, 'Edit …')],
      ['anonymising', choose(/^Actions for/, 'Anonymise …')],
    ],
  },
  {
    address: '/statements',
    person: 'finance',
    dialogs: [
      [
        'closing a month',
        async (page) => {
          await press('Preview')(page);
          await press(/^Close .* …/)(page);
        },
      ],
    ],
  },
  { address: '/statements?partner=acme', person: 'finance', dialogs: [] },
  {
    address: '/credits',
    person: 'user',
    dialogs: [['a deployment', (page) => page.locator('a[href*="detail="]').first().click()]],
  },
];

const LOOKING_MS = 240_000;
const WIDE = { width: 1320, height: 900 };
const NARROW = { width: 360, height: 740 };

/** Every area and every dialog in every look, with one page load for each area and size of text. */
export function everyLook(world: PageWorld): void {
  describe.each(AREAS)('$address', ({ address, person, dialogs }) => {
    it(
      'and its dialogs break no rule in light, dark, forced colours and 360 px',
      async () => {
        const page = await world.visit(person, address);
        await page.evaluate(axe.source);
        expect(await lookAtAll(page, dialogs, looks)).toEqual([]);
      },
      LOOKING_MS,
    );
  });

  describe('with text of twice the size', () => {
    let large: Browser;
    beforeAll(async () => {
      large = await startBrowser(['--blink-settings=defaultFontSize=32']);
    });
    afterAll(() => large.close());

    it.each(AREAS)(
      '$address and its dialogs are whole',
      async ({ address, person, dialogs }) => {
        const page = await large.newPage({ locale: 'en-US', viewport: WIDE, reducedMotion: 'reduce' });
        await world.enter(page, person, address);
        expect(await page.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('30px');
        expect(await lookAtAll(page, dialogs, spills)).toEqual([]);
        await page.close();
      },
      LOOKING_MS,
    );
  });

  it('every area of the navigation is in the table', async () => {
    const addresses = AREAS.map(({ address }) => address);
    expect(await areasLeftOut(world, addresses)).toEqual([]);
    expect(await areasLeftOut(world, addresses.slice(1))).toEqual(['/']);
  });
}

/** Looks at the view and at each of its dialogs. */
async function lookAtAll(
  page: Page,
  dialogs: readonly Opening[],
  look: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const found = (await look(page)).map((fault) => `the view, ${fault}`);
  for (const [name, open] of dialogs) {
    await open(page);
    await page.locator('dialog').waitFor();
    await settled(page);
    found.push(...(await look(page)).map((fault) => `${name}, ${fault}`));
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  }
  return found;
}

/** What is wrong with what is open, in each look. */
async function looks(page: Page): Promise<string[]> {
  const light = await violations(page, ALL_RULES);
  await page.setViewportSize(NARROW);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = [...(await violations(page, ALL_RULES)), ...(await spills(page))];
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  const forced = await lostInForcedColours(page);
  await page.emulateMedia({ forcedColors: 'none' });
  const named = (name: string, faults: readonly string[]): string[] =>
    faults.map((fault) => `${name}: ${fault}`);
  return [...named('light', light), ...named('dark at 360 px', dark), ...named('forced colours', forced)];
}

/** What only a background showed, and forced colours have removed: bars, swatches, and which of several is current. */
function lostInForcedColours(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const seen = (element) => element.getClientRects().length > 0;
    const name = (element) => element.outerHTML.slice(0, 120);
    const canvas = document.body.appendChild(Object.assign(document.createElement('p'), { textContent: '.' }));
    const page = getComputedStyle(canvas).backgroundColor === 'rgba(0, 0, 0, 0)'
      ? getComputedStyle(document.documentElement).backgroundColor
      : getComputedStyle(canvas).backgroundColor;
    canvas.remove();
    const marks = [...document.querySelectorAll('.swatch, .bar > i, .part > i')].filter(seen);
    const blank = marks.filter((mark) => {
      const style = getComputedStyle(mark);
      return [page, 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor) && style.borderTopWidth === '0px';
    });
    const current = [...document.querySelectorAll('[aria-current]:not(li), [aria-pressed="true"], [aria-selected="true"]')];
    const alike = current.filter(seen).filter((element) => {
      const other = [...element.parentElement.parentElement.querySelectorAll(element.tagName)].find(
        (one) => one !== element && one.className === element.className && !one.matches('[aria-current], [aria-pressed="true"]'),
      );
      if (other === undefined) return false;
      const look = (one) => {
        const { borderColor, borderWidth, borderStyle, outlineStyle, color, backgroundColor, fontWeight, textDecorationLine } = getComputedStyle(one);
        return [borderColor, borderWidth, borderStyle, outlineStyle, color, backgroundColor, fontWeight, textDecorationLine].join();
      };
      return look(element) === look(other);
    });
    return [...blank.map((one) => 'no colour: ' + name(one)), ...alike.map((one) => 'looks like the others: ' + name(one))];
  })()`);
}
