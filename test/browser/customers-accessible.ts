import type { PageWorld } from '../support/page-world.js';
import { accessibleViews, type AccessibleView } from './accessible.js';

const VIEWS: readonly AccessibleView[] = [
  { name: 'no customers', person: 'finance', query: '/customers?q=nobody-at-all' },
  { name: 'an unknown customer', person: 'finance', query: '/customers/stranger' },
  {
    name: 'an award before it is recorded',
    person: 'finance',
    query: '/customers/poor',
    act: async (page) => {
      await page.getByRole('button', { name: /^Record a purchase/ }).click();
      await page.getByRole('dialog').getByLabel('Credits', { exact: true }).fill('5');
      await page.locator('.effect').waitFor();
    },
  },
  {
    name: 'one award to many',
    person: 'finance',
    query: '/customers?q=nobody-at-all',
    act: async (page) => {
      await page.getByRole('button', { name: /^Award many/ }).click();
      await page.getByRole('combobox', { name: 'Find a customer' }).fill('ann');
      await page.getByRole('option', { name: /Ann Secret/ }).click();
      await page.getByRole('combobox', { name: 'Find a customer' }).fill('b');
      await page.getByRole('option', { name: 'bob' }).waitFor();
    },
  },
];

/** States of customers break no rule of axe; `every-look.ts` has the areas themselves. */
export function customersAccessible(world: PageWorld): void {
  accessibleViews(world, VIEWS);
}
