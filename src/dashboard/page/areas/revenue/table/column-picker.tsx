/** Which columns the table shows. */

import type { JSX } from 'preact';
import { go } from '../../../address/location.js';
import { Disclosure } from '../../../ui/disclosure.js';
import { t } from '../texts.js';
import type { RevenueColumn } from './columns.js';

export interface ColumnPickerProps {
  readonly all: readonly RevenueColumn[];
  readonly shown: readonly RevenueColumn[];
}

export function ColumnPicker({ all, shown }: ColumnPickerProps): JSX.Element {
  const isShown = (id: string): boolean => shown.some((column) => column.id === id);
  const toggle = (toggled: string): void => {
    const ids = all.map(({ id }) => id).filter((id) => isShown(id) !== (id === toggled));
    const usual = all.filter(({ isUsual }) => isUsual).map(({ id }) => id);
    go({ columns: ids.join() === usual.join() ? null : ids });
  };
  return (
    <Disclosure
      label={t('columns')}
      icon="columns"
      kind="end"
      shown={t('columnsOf', { shown: shown.length, all: all.length })}
    >
      {() => (
        <div class="checks">
          {all
            .filter(({ isRowHead }) => !isRowHead) // The module is always shown, so it cannot be switched off.
            .map(({ id, head }) => (
              <label key={id} class="check">
                <input type="checkbox" checked={isShown(id)} onChange={() => toggle(id)} />
                <span>{head}</span>
              </label>
            ))}
        </div>
      )}
    </Disclosure>
  );
}
