/** Who is signed in, and the platform's settings: for every component below the shell. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Platform } from '../api/revenue.js';
import type { Rights } from './rights.js';

export interface Caller {
  readonly rights: Rights;
  /** Null if the caller cannot read reports. */
  readonly platform: Platform | null;
  /** Takes over settings of the platform that the caller has just changed. */
  readonly amendPlatform: (change: Partial<Platform>) => void;
}

export const CallerContext = createContext<Caller | null>(null);

export function useCaller(): Caller {
  const caller = useContext(CallerContext);
  if (caller === null) throw new Error('Nobody is signed in.');
  return caller;
}

/** The platform's settings, in areas that only readers of reports see. */
export function usePlatform(): Platform {
  const { platform } = useCaller();
  if (platform === null) throw new Error('The caller cannot read reports.');
  return platform;
}
