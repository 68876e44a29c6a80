import type { JSX } from 'preact';
import { useCaller } from '../session/me.js';
import { EmptyState } from '../ui/answer.js';
import { t } from './texts.js';

/** The view for a token without rights to any area. */
export function Nothing(): JSX.Element {
  const { roles } = useCaller().rights;
  const why =
    roles.length === 0 ? t('nothingForNobody') : t('nothingForBackEnd', { roles: roles.join(', ') });
  return (
    <div class="view">
      <h1 class="sr">{t('nothing')}</h1>
      <EmptyState icon="account" title={t('nothing')}>
        {why} {t('nothingAdvice')}
      </EmptyState>
    </div>
  );
}
