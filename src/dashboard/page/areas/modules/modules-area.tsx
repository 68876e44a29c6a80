import type { JSX } from 'preact';
import type { AreaProps } from '../../shell/area.js';
import { ModuleList } from './module-list.js';
import { ModulePage } from './module-page.js';

/** Modules: a partner's own, or all of them; and a page for each. */
export function ModulesArea({ id }: AreaProps): JSX.Element {
  return id === null ? <ModuleList /> : <ModulePage key={id} id={id} />;
}
