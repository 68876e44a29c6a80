import type { JSX } from 'preact';
import type { Change } from '../../api/guarded-change.js';
import type { Module } from '../../api/modules.js';
import { credits } from '../../exact/format.js';
import { Notice } from '../../ui/view.js';
import { t } from './texts.js';

/** What somebody else changed while a form was open. */
export function Meanwhile({
  change,
}: {
  readonly change: Extract<Change<Module>, { kind: 'meanwhile' }>;
}): JSX.Element {
  const what = change.fields.map((field) => described(change.now, field)).join(', ');
  return <Notice kind="bad">{t('meanwhile', { what })}</Notice>;
}

function described(now: Module, field: keyof Module): string {
  if (field === 'name') return `${t('name')} ${now.name}`;
  if (field === 'creditCost') return `${t('price')} ${credits(now.creditCost)}`;
  if (field === 'archived') return t(now.archived ? 'archived' : 'offered');
  return t(now.requiresPurchasedCredits ? 'onlyPurchased' : 'anyCredits');
}
