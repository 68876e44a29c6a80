import type { ShareStep } from '../api/settings.js';
import { units } from '../exact/decimal.js';
import { share } from '../exact/format.js';
import { beginningName } from '../exact/time.js';
import { t } from './texts.js';

/** The most steps that are told one by one in a line of text. */
const MOST_STEPS = 4;

/** The steps of a share, each with its end: 30 % until 1 Mar 2026, then 25 %. */
export function sharesInWords(steps: readonly ShareStep[], timeZone: string): string {
  const words = steps.map(({ to, value }, index) => {
    const isLast = index === steps.length - 1;
    const text = isLast || to === null ? share(value) : until(value, beginningName(to, timeZone));
    return index === 0 ? text : t('shareThen', { share: text });
  });
  return words.join(', ');
}

/** The same for a line: many steps are only counted. */
export function sharesInShort(steps: readonly ShareStep[], timeZone: string): string {
  if (steps.length <= MOST_STEPS) return sharesInWords(steps, timeZone);
  const values = steps.map(({ value }) => value).sort((one, other) => compare(one, other));
  const [least = '', most = ''] = [values[0], values.at(-1)];
  return t('sharesFromTo', { count: steps.length, least: share(least), most: share(most) });
}

function until(value: string, day: string): string {
  return t('shareUntil', { share: share(value), day });
}

function compare(one: string, other: string): number {
  return units(one) < units(other) ? -1 : 1;
}
