/**
 * The state of a view in the query of its address, typed: `defineParameters({ q: text(), sort: oneOf(['name', 'id']) })`.
 * Invalid values are ignored, default values are left out, and nothing secret is in it.
 */

import { goTo, place, replaceWith } from './router.js';

/** How one parameter is written. The first value is the default. */
export interface Parameter<T> {
  readonly usual: T;
  /** From the values in the address; undefined: not valid. */
  read(values: readonly string[]): T | undefined;
  write(value: T): readonly string[];
}

export function text(usual = ''): Parameter<string> {
  return { usual, read: ([value]) => value, write: (value) => [value] };
}

export function optional(): Parameter<string | null> {
  return { usual: null, read: ([value]) => value || undefined, write: (value) => (value ? [value] : []) };
}

export function flag(): Parameter<boolean> {
  return { usual: false, read: ([value]) => value === 'true', write: (value) => [String(value)] };
}

export function oneOf<const T extends string>(values: readonly [T, ...T[]]): Parameter<T> {
  return {
    usual: values[0],
    read: ([value]) => values.find((one) => one === value),
    write: (value) => [value],
  };
}

export function list(): Parameter<readonly string[]> {
  return { usual: [], read: (values) => values.filter(Boolean), write: (values) => values };
}

type Shape = Readonly<Record<string, Parameter<unknown>>>;
export type Values<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Parameter<infer T> ? T : never;
};

export interface Parameters<S extends Shape> {
  /** The values in the open address. */
  readonly here: () => Values<S>;
  /** The target with these changes, at the open path; for links. Other parameters of the address stay. */
  readonly target: (change: Partial<Values<S>>) => string;
  /** Opens the address with these changes. */
  readonly go: (change: Partial<Values<S>>) => void;
  /** The same without a step for the browser's Back: for text that is being typed. */
  readonly replace: (change: Partial<Values<S>>) => void;
}

export function defineParameters<S extends Shape>(shape: S): Parameters<S> {
  const here = (): Values<S> => {
    const query = new URLSearchParams(place.value.search);
    const entries = Object.entries(shape).map(([name, parameter]) => {
      const value = query.has(name) ? parameter.read(query.getAll(name)) : undefined;
      return [name, value ?? parameter.usual];
    });
    return Object.fromEntries(entries) as Values<S>;
  };
  const target = (change: Partial<Values<S>>): string => {
    const query = new URLSearchParams(place.value.search);
    for (const [name, value] of Object.entries(change)) {
      const parameter = shape[name];
      if (parameter === undefined) continue;
      query.delete(name);
      if (JSON.stringify(value) === JSON.stringify(parameter.usual)) continue;
      for (const one of parameter.write(value)) query.append(name, one);
    }
    const search = query.toString();
    return `${place.value.path}${search === '' ? '' : `?${search}`}${place.value.fragment}`;
  };
  return {
    here,
    target,
    go: (change) => goTo(target(change)),
    replace: (change) => replaceWith(target(change)),
  };
}
