import type { JSX } from 'preact';
import { t } from './texts.js';

export function Brand(): JSX.Element {
  return (
    <div class="brand">
      <BrandMark />
      <span class="brand-name">{t('product')}</span>
    </div>
  );
}

export function BrandMark(): JSX.Element {
  return (
    <span class="brand-mark" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}
