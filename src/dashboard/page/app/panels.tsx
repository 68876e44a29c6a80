/** The drawers that open over every area. */

import type { ComponentType, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { drawerHere, drawerTarget } from '../address/drawers.js';
import { goTo } from '../address/router.js';
import { useQuestion } from '../question/question.js';
import { useCaller } from '../session/me.js';
import { mayReadReports } from '../session/rights.js';
import type { Panel, PanelProps } from '../shell/panel.js';
import { textsReady } from '../texts/catalogue.js';
import { Answer } from '../ui/answer.js';
import { Drawer } from '../ui/dialog.js';

const PANELS: readonly Panel[] = [
  {
    name: 'deployment',
    isFor: ({ rights }) => mayReadReports(rights),
    load: async () => (await import('../areas/explanation/explanation-drawer.js')).ExplanationDrawer,
  },
];

export function Panels(): JSX.Element {
  const caller = useCaller();
  const open = PANELS.filter(({ isFor }) => isFor(caller)).flatMap((panel) => {
    const id = drawerHere(panel.name);
    return id === null ? [] : [<OpenPanel key={`${panel.name} ${id}`} panel={panel} id={id} />];
  });
  return <>{open}</>;
}

function OpenPanel({ panel, id }: { readonly panel: Panel; readonly id: string }): JSX.Element {
  const [Loaded, setLoaded] = useState<ComponentType<PanelProps> | null>(null);
  const code = useQuestion(panel.name, async () => {
    const component = await panel.load();
    await textsReady();
    setLoaded(() => component);
    return true;
  });
  const close = (): void => goTo(drawerTarget(null));
  if (Loaded !== null) return <Loaded id={id} onClose={close} />;
  return (
    <Drawer title="…" onClose={close}>
      <Answer of={code}>{() => null}</Answer>
    </Drawer>
  );
}
