import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { t } from './texts.js';

/** More are drawn on request. */
const FIRST_ROWS = 100;

export interface SomeRowsProps<R> {
  readonly rows: readonly R[];
  readonly children: (shown: readonly R[]) => ComponentChildren;
}

/** Draws the first of many rows that are all known, and the others on request. */
export function SomeRows<R>({ rows, children }: SomeRowsProps<R>): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <>
      {children(shown)}
      {shown.length < rows.length && (
        <div class="show-more">
          <Button onPress={() => setWhole(true)}>{t('showAll', { count: rows.length })}</Button>
        </div>
      )}
    </>
  );
}
