import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon.js';
import { t } from './texts.js';

export interface ChipProps {
  readonly kind?: 'plain' | 'good' | 'bad' | 'warn';
  /** With it, the chip is a filter that can be removed. `name` is its text. */
  readonly remove?: { readonly name: string; readonly onRemove: () => void };
  readonly children: ComponentChildren;
}

/** A short state, or one filter in force. */
export function Chip({ kind = 'plain', remove, children }: ChipProps): JSX.Element {
  return (
    <span class={`tag ${kind}`}>
      {children}
      {remove !== undefined && (
        <button type="button" class="tag-remove" onClick={remove.onRemove}>
          <Icon name="close" />
          <span class="sr">{t('remove', { name: remove.name })}</span>
        </button>
      )}
    </span>
  );
}
