/** All areas, in the order of the navigation. */

import { mayReadReports, seesEverybody } from '../session/rights.js';
import type { Area } from '../shell/area.js';
import { t } from '../shell/texts.js';

export const AREAS: readonly Area[] = [
  {
    path: '/',
    aliases: ['/revenue'],
    label: () => t('revenue'),
    isFor: ({ rights }) => mayReadReports(rights),
    load: async () => (await import('../areas/revenue/revenue-area.js')).RevenueArea,
  },
  {
    path: '/modules',
    label: () => t('modules'),
    isFor: ({ rights }) => mayReadReports(rights),
    load: async () => (await import('../areas/modules/modules-area.js')).ModulesArea,
  },
  {
    path: '/statements',
    label: () => t('statements'),
    isFor: ({ rights }) => mayReadReports(rights),
    load: async () => (await import('../areas/statements/statements-area.js')).StatementsArea,
  },
  {
    path: '/customers',
    label: () => t('customers'),
    isFor: ({ rights }) => seesEverybody(rights),
    load: async () => (await import('../areas/customers/customers-area.js')).CustomersArea,
  },
  {
    path: '/signals',
    label: () => t('signals'),
    isFor: ({ rights }) => seesEverybody(rights),
    load: async () => (await import('../areas/signals/signals-area.js')).SignalsArea,
  },
  {
    path: '/data',
    label: () => t('data'),
    isFor: ({ rights }) => rights.roles.includes('admin'),
    load: async () => (await import('../areas/data/data-area.js')).DataArea,
  },
  {
    path: '/audit',
    label: () => t('audit'),
    isFor: ({ rights }) => rights.roles.includes('admin'),
    load: async () => (await import('../areas/audit/audit-area.js')).AuditArea,
  },
  {
    path: '/settings',
    label: () => t('settings'),
    isFor: ({ rights }) => rights.settings !== 'nothing',
    load: async () => (await import('../areas/settings/settings-area.js')).SettingsArea,
  },
  {
    path: '/credits',
    label: () => t('yourCredits'),
    isFor: ({ rights }) => rights.hasCredits,
    load: async () => (await import('../areas/credits/credits-area.js')).CreditsArea,
  },
];
