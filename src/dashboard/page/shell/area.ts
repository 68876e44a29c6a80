import type { ComponentType } from 'preact';
import type { Caller } from '../session/me.js';

/** What a view gets from its address. */
export interface AreaProps {
  /** The part of the path below the area: `maps` of `/modules/maps`; null: the area itself. */
  readonly id: string | null;
}

/** A part of the page with an address of its own. The shell draws the navigation from all areas, and knows no view. */
export interface Area {
  /** Its address: `/modules`. What is below it (`/modules/maps`) belongs to it too. */
  readonly path: string;
  /** Other addresses of the same. */
  readonly aliases?: readonly string[];
  /** Its name in the navigation and in the title of the window. */
  readonly label: () => string;
  /** Whether the caller has it. The service decides what the caller may see; this only hides what it would refuse. */
  readonly isFor: (caller: Caller) => boolean;
  /** Loads its code, when it is opened. */
  readonly load: () => Promise<ComponentType<AreaProps>>;
}

/** The area of a path, and the part below it; the first area if the path is of none. */
export function areaAt(path: string, areas: readonly Area[]): { area: Area | undefined } & AreaProps {
  const [, first = '', id] = path.split('/');
  const area = areas.find(({ path: own, aliases = [] }) => [own, ...aliases].includes(`/${first}`));
  return area === undefined ? { area: areas[0], id: null } : { area, id: decoded(id) };
}

function decoded(segment: string | undefined): string | null {
  try {
    return segment ? decodeURIComponent(segment) : null;
  } catch {
    return null; // Not a valid address.
  }
}
