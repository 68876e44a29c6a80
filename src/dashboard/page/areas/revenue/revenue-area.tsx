import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { RevenueView } from '../../revenue/revenue-view.js';
import { useCaller, usePlatform } from '../../session/me.js';

/** The revenue view. */
export function RevenueArea(): JSX.Element {
  const home = useRef<HTMLDivElement>(null);
  const { rights } = useCaller();
  const platform = usePlatform();
  useEffect(() => {
    const view = new RevenueView(rights, platform);
    home.current?.replaceChildren(view.element);
    return () => view.close();
  }, [rights, platform]);
  return <div ref={home} />;
}
