/** The platform's own name, logo and colour, which the service knows without a token. */

import { signal, type ReadonlySignal } from '@preact/signals';
import { base } from '../address/base.js';
import { readJson, send } from '../api/send.js';
import { accentTokens } from './accent.js';

export interface Brand {
  readonly name: string;
  /** The address of the file; null: the mark of this service. */
  readonly logo: string | null;
}

const current = signal<Brand>({ name: 'Module Revenue', logo: null });

export const brand: ReadonlySignal<Brand> = current;

/** Reads the brand once, before anything is shown. Without an answer the page looks like the service itself. */
export async function readBrand(): Promise<void> {
  try {
    const response = await send(new Request(new URL('page/platform.json', base())));
    const { name, logo, accent } = await readJson<Brand & { readonly accent: string | null }>(response);
    current.value = { name, logo: logo === null ? null : new URL(logo.slice(1), base()).href };
    for (const [token, value] of accentTokens(accent)) {
      document.documentElement.style.setProperty(token, value);
    }
  } catch {
    // The requests that follow say what is wrong.
  }
}
