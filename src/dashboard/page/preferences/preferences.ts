/** What a reader prefers on this device: remembered by the browser, never sent, and no secret. */

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'module-revenue-preferences';

interface Chosen {
  readonly language?: Language;
  readonly theme?: Theme;
  readonly isExact?: boolean;
}

const chosen: Signal<Chosen> = signal(remembered());

/** The language of the texts: the chosen one, or the first of the browser's that exists here. */
export const language: ReadonlySignal<Language> = computed(
  () =>
    chosen.value.language ??
    browserLocales()
      .map(languageOf)
      .find((one) => one !== undefined) ??
    'en',
);

/** How numbers, dates and weeks are written: as the browser's locale of that language writes them. */
export const locale: ReadonlySignal<string> = computed(
  () => browserLocales().find((one) => languageOf(one) === language.value) ?? language.value,
);

export const theme: ReadonlySignal<Theme> = computed(() => chosen.value.theme ?? 'system');

/** Whether amounts are shown with all their digits, instead of the places of their currency. */
export const isExact: ReadonlySignal<boolean> = computed(() => chosen.value.isExact ?? false);

export function prefer(change: Chosen): void {
  chosen.value = { ...chosen.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen.value));
  } catch {
    // The browser allows no storage: the choice holds until the page is closed.
  }
}

function remembered(): Chosen {
  try {
    const { language, theme, isExact } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Chosen;
    return {
      language: LANGUAGES.find((one) => one === language),
      theme: THEMES.find((one) => one === theme),
      isExact: isExact === true,
    };
  } catch {
    return {};
  }
}

function browserLocales(): readonly string[] {
  return globalThis.navigator?.languages ?? ['en'];
}

function languageOf(tag: string): Language | undefined {
  return LANGUAGES.find((one) => tag.toLowerCase().split('-')[0] === one);
}
