import type { JSX } from 'preact';
import { Button } from './button.js';
import { t } from './texts.js';

export interface PagerProps {
  /** From 1. */
  readonly page: number;
  /** Null: not known. */
  readonly pages: number | null;
  readonly hasNext: boolean;
  readonly onTurn: (page: number) => void;
}

export function Pager({ page, pages, hasNext, onTurn }: PagerProps): JSX.Element {
  return (
    <nav class="pager" aria-label={t('page', { number: page, all: pages ?? '…' })}>
      <Button icon="previous" isRound isDisabled={page <= 1} onPress={() => onTurn(page - 1)}>
        {t('previousPage')}
      </Button>
      <span role="status">{t('page', { number: page, all: pages ?? '…' })}</span>
      <Button icon="next" isRound isDisabled={!hasNext} onPress={() => onTurn(page + 1)}>
        {t('nextPage')}
      </Button>
    </nav>
  );
}
