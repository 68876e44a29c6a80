import type { Page } from 'playwright-core';

/** A view of the page that has a picture. */
export interface Shot {
  readonly name: string;
  readonly role: 'partner' | 'finance' | 'admin' | 'user';
  readonly address: string;
  /** What the picture waits for. */
  readonly sees: string;
  /** Opens what the picture shows. */
  readonly act?: (page: Page) => Promise<unknown>;
}

/** Ids of the demo. */
export interface Found {
  readonly customer: string;
  readonly deployment: string;
  readonly module: string;
}

const press =
  (name: RegExp) =>
  (page: Page): Promise<void> =>
    page.getByRole('button', { name }).first().click();

/** Every area as a reader sees it, and the dialogs that change money. */
export function shots({ customer, deployment, module }: Found): readonly Shot[] {
  return [
    {
      name: 'revenue',
      role: 'partner',
      address: '/?range=last-12-months&by=module',
      sees: '.rows-table tbody tr',
    },
    {
      name: 'revenue-finance',
      role: 'finance',
      address: '/?range=last-12-months',
      sees: '.rows-table tbody tr',
    },
    {
      name: 'explanation',
      role: 'partner',
      address: `/?range=last-12-months&deployment=${deployment}`,
      sees: 'dialog .steps',
    },
    { name: 'statements', role: 'partner', address: '/statements', sees: '.list tbody tr' },
    {
      name: 'statement',
      role: 'partner',
      address: '/statements',
      sees: '.digest',
      act: (page) => page.locator('.list tbody a').first().click(),
    },
    {
      name: 'closing',
      role: 'finance',
      address: '/statements',
      sees: '.statements tfoot',
      act: press(/^Preview/),
    },
    {
      name: 'payouts',
      role: 'finance',
      address: '/statements',
      sees: '.balance-figures',
      act: (page) => page.locator('.list tbody a').first().click(),
    },
    { name: 'modules', role: 'partner', address: '/modules', sees: 'tbody tr' },
    { name: 'module', role: 'partner', address: `/modules/${module}`, sees: 'tbody tr' },
    { name: 'publish', role: 'partner', address: '/modules', sees: 'dialog input', act: press(/^Publish/) },
    { name: 'customers', role: 'finance', address: '/customers', sees: 'tbody tr' },
    { name: 'customer', role: 'finance', address: `/customers/${customer}`, sees: 'tbody tr' },
    { name: 'signals', role: 'finance', address: '/signals', sees: '.signals .card' },
    {
      name: 'purchase',
      role: 'finance',
      address: `/customers/${customer}`,
      sees: 'dialog .effect',
      act: async (page) => {
        await press(/^Record a purchase/)(page);
        await page.getByRole('dialog').getByLabel('Credits', { exact: true }).fill('250');
        await page.getByRole('dialog').getByLabel(/paid/i).fill('25');
      },
    },
    { name: 'data', role: 'admin', address: '/data', sees: 'main h1' },
    { name: 'audit', role: 'admin', address: '/audit', sees: 'tbody tr' },
    { name: 'settings', role: 'admin', address: '/settings?range=last-12-months', sees: '.preview tbody tr' },
    { name: 'people', role: 'admin', address: '/settings/people', sees: 'tbody tr' },
    { name: 'credits', role: 'user', address: '/credits', sees: 'tbody tr' },
  ];
}
