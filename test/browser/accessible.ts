import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { RANGE, settled, type PageWorld, type Person } from '../support/page-world.js';

/** For one view in all its variants; axe is slow. */
const LOOKING_MS = 180_000;

/** Few rows, because axe checks each row and all are alike. */
const FEW_ROWS = `${RANGE}&moduleId=a-maps&moduleId=a-wide`;

/** A view, with its address and user. */
export interface AccessibleView {
  readonly name: string;
  /** Null: nobody is signed in. */
  readonly person: Person | null;
  readonly query: string;
  readonly act?: (page: Page) => Promise<void>;
}

const VIEWS: readonly AccessibleView[] = [
  { name: 'sign-in', person: null, query: '' },
  { name: 'revenue of a partner', person: 'partner', query: `${FEW_ROWS}&by=module` },
  {
    name: 'all columns, for finance',
    person: 'finance',
    query: `${FEW_ROWS}&columns=createdAt,creditCost,revenue,grossRevenue,platformRevenue,freeCredits,purchasedCredits,unpaidCredits,refundedCredits,partner,customer,deploymentId`,
  },
  {
    name: 'the chart as a table',
    person: 'partner',
    query: FEW_ROWS,
    act: (page) => page.getByRole('button', { name: 'Show as table' }).click(),
  },
  {
    name: 'the ranges',
    person: 'partner',
    query: FEW_ROWS,
    act: (page) => page.getByRole('button', { name: /^Range/ }).click(),
  },
  {
    name: 'the partners to pick',
    person: 'finance',
    query: FEW_ROWS,
    act: async (page) => {
      await page.getByRole('button', { name: /^Partners/ }).click();
      await page.getByRole('checkbox').first().waitFor();
    },
  },
  { name: 'nothing in a range', person: 'partner', query: 'startDate=2020-01-01&endDate=2020-01-31' },
  { name: 'a refusal', person: 'partner', query: 'moduleId=nobody-knows' },
  {
    name: 'an explanation for a partner',
    person: 'partner',
    query: `${FEW_ROWS}&deployment=d-0110&includeFree=true`,
  },
  { name: 'an explanation for finance', person: 'finance', query: `${FEW_ROWS}&deployment=d-0010` },
];

/** Rules of axe, by tag (WCAG 2.2, A and AA, and best practices). */
export const ALL_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose result depends on colours. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/** The dark look changes nothing but colours, so only their rules are checked again. */
const LOOKS: readonly [string, BrowserContextOptions, readonly string[]][] = [
  ['light', { colorScheme: 'light' }, ALL_RULES],
  ['dark', { colorScheme: 'dark' }, COLOR_RULES],
  ['light at 360 px', { colorScheme: 'light', viewport: { width: 360, height: 740 } }, ALL_RULES],
];

/** States of sign-in and revenue; `every-look.ts` has all areas. */
export function accessible(world: PageWorld): void {
  accessibleViews(world, VIEWS);
}

/** No view breaks a rule of axe, and nothing is cut off. */
export function accessibleViews(world: PageWorld, views: readonly AccessibleView[]): void {
  describe.each(views)('$name', ({ person, query, act }) => {
    it(
      'breaks no accessibility rule in light, dark and 360 px',
      async () => {
        const page = person === null ? await world.tab() : await world.visit(person, query);
        if (person === null) await page.goto(world.url);
        await act?.(page);
        if (person !== null) await settled(page);
        await page.evaluate(axe.source);
        for (const [look, { colorScheme, viewport }, rules] of LOOKS) {
          await page.emulateMedia({ colorScheme: colorScheme ?? null });
          await page.setViewportSize(viewport ?? { width: 1320, height: 900 });
          expect([look, await violations(page, rules)]).toEqual([look, []]);
          const overflow = await page.evaluate<number>(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          expect([look, 'wider than the screen by', overflow]).toEqual([look, 'wider than the screen by', 0]);
        }
      },
      LOOKING_MS,
    );
  });
}

/** The violations that axe finds: rule and element. The page already contains all its styles, so axe fetches none. */
export async function violations(page: Page, rules: readonly string[]): Promise<string[]> {
  const { violations: found } = await page.evaluate<axe.AxeResults>(`axe.run({
    runOnly: ${JSON.stringify(rules)},
    resultTypes: ['violations'],
    preload: false,
  })`);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
