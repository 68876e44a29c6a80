import type { StatedStep } from '../../domain/index.js';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
/** Local time of an instant: date, time and offset (docs/contract.md, "Revenue"). */
const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)/;

/**
 * The shares in words: `30 % until 1 March 2026, 25 % from then`.
 *
 * @param localOf the local time of an instant, as `localInstantTextSql` writes it
 */
export function sharesInWords(steps: readonly StatedStep[], localOf: (instant: string) => string): string {
  const parts = steps.map(({ to, value }, index) => {
    if (index < steps.length - 1 && to !== null) return `${value} % until ${dayInWords(localOf(to))}`;
    return index === 0 ? `${value} %` : `${value} % from then`;
  });
  return parts.join(', ');
}

/** The instants that `sharesInWords` needs. */
export function changesOf(steps: readonly StatedStep[]): string[] {
  return steps.slice(1).flatMap(({ from }) => from ?? []);
}

/** A local midnight is written without its time. */
function dayInWords(local: string): string {
  const [, year = '', month = '', day = '', time = '', seconds = ''] = LOCAL_TIME.exec(local) ?? [];
  const date = `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
  const rest = seconds === ':00' ? '' : seconds;
  return time === '00:00' && rest === '' ? date : `${date}, ${time}${rest}`;
}
