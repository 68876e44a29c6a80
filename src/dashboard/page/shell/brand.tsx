import type { JSX } from 'preact';
import { brand } from '../brand/brand.js';
import { Name } from '../ui/figures.js';

export function Brand(): JSX.Element {
  return (
    <div class="brand">
      <BrandMark />
      <span class="brand-name">
        <Name text={brand.value.name} />
      </span>
    </div>
  );
}

/** The platform's logo, or the mark of this service. */
export function BrandMark(): JSX.Element {
  const { logo } = brand.value;
  if (logo !== null) return <img class="brand-logo" src={logo} alt="" />;
  return (
    <span class="brand-mark" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}
