/** The frame around every area: the name, the navigation, and who is signed in. */

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { place } from '../address/router.js';
import { Link } from '../ui/button.js';
import { Toasts } from '../ui/toast.js';
import { AccountMenu } from './account-menu.js';
import { areaAt, type Area } from './area.js';
import { Brand } from './brand.js';
import { targetOf } from './remembered.js';
import { t } from './texts.js';
import type { Rights } from '../session/rights.js';

export interface ShellProps {
  /** Those that the caller has; empty while the caller is not known. */
  readonly areas: readonly Area[];
  /** Null while the caller is not known. */
  readonly rights: Rights | null;
  readonly isBusy?: boolean;
  readonly children: ComponentChildren;
}

export function Shell({ areas, rights, isBusy = false, children }: ShellProps): JSX.Element {
  const main = useRef<HTMLElement>(null);
  const current = areaAt(place.value.path, areas).area;
  const tabs = useRef<HTMLElement>(null);
  const before = useRef(current);
  useEffect(() => {
    // The focus follows into the area that was opened, as after loading a page.
    if (before.current !== undefined && before.current !== current) main.current?.focus();
    before.current = current;
    // The navigation scrolls on narrow screens: the open area is in view.
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => skipTo(event, main.current)}>
        {t('skip')}
      </a>
      <header class="top">
        <div class="top-inner">
          <Brand />
          <nav class="tabs" ref={tabs} aria-label={t('views')}>
            {areas.length > 1 &&
              areas.map((area) => (
                <Link key={area.path} to={targetOf(area, place.value)} isCurrent={area === current}>
                  {area.label()}
                </Link>
              ))}
          </nav>
          {rights !== null && <AccountMenu rights={rights} />}
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main} aria-busy={isBusy}>
        {children}
      </main>
      <Toasts />
    </>
  );
}

/** The fragment of the address belongs to the filter, so it does not change. */
function skipTo(event: MouseEvent, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}
