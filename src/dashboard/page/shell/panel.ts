import type { ComponentType } from 'preact';
import type { DrawerName } from '../address/drawers.js';
import type { Caller } from '../session/me.js';

export interface PanelProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** What opens over every area, by a parameter of the address: `?deployment=d-1`. */
export interface Panel {
  readonly name: DrawerName;
  readonly isFor: (caller: Caller) => boolean;
  readonly load: () => Promise<ComponentType<PanelProps>>;
}
