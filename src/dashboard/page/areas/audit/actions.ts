/** The names of actions: those that the page knows; others are shown as the service spells them. */

import { t } from './texts.js';

type Key = Parameters<typeof t>[0];

const KEYS = {
  'variables.set': 'variablesSet',
  'users.create': 'usersCreate',
  'users.edit': 'usersEdit',
  'users.anonymise': 'usersAnonymise',
  'modules.create': 'modulesCreate',
  'modules.edit': 'modulesEdit',
  'awards.create': 'awards',
  'awardBatches.create': 'awardBatches',
  'purchases.create': 'purchases',
  'purchases.refund': 'purchaseRefund',
  'spends.create': 'spends',
  'deployments.create': 'deployments',
  'deployments.refund': 'deploymentRefund',
  'imports.run': 'imports',
  'auth.login': 'failedSignIn',
  'auth.password': 'password',
} as const satisfies Readonly<Record<string, Key>>;

export const ACTIONS = Object.keys(KEYS) as readonly (keyof typeof KEYS)[];

export function actionName(action: string): string {
  const key = KEYS[action as keyof typeof KEYS] as (typeof KEYS)[keyof typeof KEYS] | undefined;
  return key === undefined ? action : t(key);
}
