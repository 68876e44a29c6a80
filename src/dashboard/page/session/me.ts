/** Who is signed in, and the platform's settings: for every component below the shell. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Platform } from '../api/settings.js';
import type { Rights } from './rights.js';

export interface Caller {
  readonly rights: Rights;
  readonly platform: Platform;
  /** Takes over settings of the platform that the caller has just changed. */
  readonly amendPlatform: (change: Partial<Platform>) => void;
}

export const CallerContext = createContext<Caller | null>(null);

export function useCaller(): Caller {
  const caller = useContext(CallerContext);
  if (caller === null) throw new Error('Nobody is signed in.');
  return caller;
}

export function usePlatform(): Platform {
  return useCaller().platform;
}
