/**
 * The catalogue of texts: one file for each language and area (`texts/en/settings.ts`), with the same keys in each.
 * English comes with its area; another language is loaded when it is chosen.
 */

import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { language, locale, type Language } from '../preferences/preferences.js';

/** Forms for a number (`count`), by the plural rules of the language: `{ one: '{count} row', other: '{count} rows' }`. */
type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };
export type Texts = Readonly<Record<string, string | Plural>>;
/** The same keys in another language. */
export type Translation<T extends Texts> = { readonly [K in keyof T]: T[K] extends string ? string : Plural };

/** The names in braces of a text. */
type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type NamesOf<V> = V extends string
  ? NamesIn<V>
  : V extends { readonly other: infer S extends string }
    ? NamesIn<S> | 'count'
    : never;
type Arguments<V, C> = [NamesOf<V>] extends [never]
  ? []
  : [values: { readonly [N in NamesOf<V>]: N extends 'count' ? number : C }];

export interface Catalogue<T extends Texts> {
  /** A text with its values filled in: `t('since', { when })`. */
  <K extends keyof T>(key: K, ...values: Arguments<T[K], string | number>): string;
  /** The same with elements as values, for the content of an element. */
  readonly rich: <K extends keyof T>(key: K, ...values: Arguments<T[K], ComponentChild>) => ComponentChild[];
}

type Loaders<T extends Texts> = Readonly<
  Record<Exclude<Language, 'en'>, () => Promise<{ readonly texts: Translation<T> }>>
>;

const waiting = new Set<Promise<unknown>>();
/** Each loads the chosen language of one catalogue. */
const catalogues = new Set<() => void>();

/**
 * Makes the texts of an area usable.
 *
 * @example
 * export const t = catalogue(en, { de: () => import('../../texts/de/settings.js') });
 */
export function catalogue<const T extends Texts>(english: T, loaders: Loaders<T>): Catalogue<T> {
  const translations = signal<Partial<Record<Language, Translation<T>>>>({});
  const loading = new Set<Language>();
  const load = (): void => {
    const wanted = language.value;
    if (wanted === 'en' || loading.has(wanted)) return;
    loading.add(wanted);
    const done = loaders[wanted]().then(
      ({ texts }) => void (translations.value = { ...translations.value, [wanted]: texts }),
      () => void loading.delete(wanted), // English is shown; the next change of the language tries again.
    );
    waiting.add(done);
    void done.finally(() => waiting.delete(done));
  };
  catalogues.add(load);
  load();
  const find = (key: keyof T, values: Values = {}): string => {
    const text =
      (translations.value[language.value] as T | undefined)?.[key] ?? (english[key] as string | Plural);
    return typeof text === 'string' ? text : inNumber(text, Number(values['count']));
  };
  const t = (key: keyof T, values?: Values): string => parts(find(key, values), values).map(String).join('');
  t.rich = (key: keyof T, values?: Values): ComponentChild[] => parts(find(key, values), values);
  return t;
}

type Values = Readonly<Record<string, unknown>>;

/** Waits until the texts of the chosen language are there, of all catalogues so far. */
export async function textsReady(): Promise<void> {
  for (const load of catalogues) load();
  while (waiting.size > 0) await Promise.all(waiting);
}

function inNumber(plural: Plural, count: number): string {
  return plural[new Intl.PluralRules(locale.value).select(count)] ?? plural.other;
}

/** The text around its values, and the values; counts as the locale writes them. */
function parts(text: string, values: Values = {}): ComponentChild[] {
  return text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : shown(values[part])))
    .filter((part) => part !== '');
}

function shown(value: unknown): ComponentChild {
  return typeof value === 'number'
    ? new Intl.NumberFormat(locale.value).format(value)
    : (value as ComponentChild);
}
