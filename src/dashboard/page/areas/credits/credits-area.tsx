import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { creditsView } from '../../credits/credits-view.js';
import { useCaller } from '../../session/me.js';

/** What the caller can spend, and its history. */
export function CreditsArea(): JSX.Element {
  const home = useRef<HTMLDivElement>(null);
  const { rights } = useCaller();
  useEffect(() => {
    const view = creditsView(rights);
    home.current?.replaceChildren(view.element);
    return () => view.close();
  }, [rights]);
  return <div ref={home} />;
}
