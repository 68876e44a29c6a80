import type { JSX } from 'preact';
import { Link } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { t } from './texts.js';

/** The way back, above a heading. */
export function Back({ to = '/statements' }: { readonly to?: string }): JSX.Element {
  return (
    <nav class="crumb" aria-label={t('back')}>
      <Link to={to}>
        <Icon name="previous" />
        {t('back')}
      </Link>
    </nav>
  );
}

export function partnerTarget(partnerId: string): string {
  return `/statements?partner=${encodeURIComponent(partnerId)}`;
}

export function statementTarget(id: string): string {
  return `/statements/${encodeURIComponent(id)}`;
}
