/** The groups of a summary: their labels and their order. */

import type { Group } from '../../api/revenue.js';
import { units } from '../../exact/decimal.js';
import { t } from './texts.js';

export function groupLabel({ key, label }: { readonly key: string | null; readonly label: string }): string {
  return key === null ? t('platformsOwnModules') : label;
}

export function largestFirst(groups: readonly Group[], field: 'grossRevenue' | 'revenue'): Group[] {
  return [...groups].sort((a, b) => {
    const order = units(b[field]) - units(a[field]);
    return order > 0n ? 1 : order < 0n ? -1 : 0;
  });
}
