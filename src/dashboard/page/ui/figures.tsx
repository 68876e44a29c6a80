/** How figures, names and times are shown everywhere. */

import type { JSX } from 'preact';
import { count, credits, isFinerThanCurrency, money, roundedMoney } from '../exact/format.js';
import { dayName, instantName, type Day } from '../exact/time.js';
import { isExact } from '../preferences/preferences.js';
import { usePlatform } from '../session/me.js';

export interface MoneyProps {
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
  /** A figure that stands alone: it takes the focus, so that the keyboard shows its exact digits too. */
  readonly isAlone?: boolean;
}

/** Money in the places of its currency; every digit on hover and focus, and always by the switch "exact amounts". */
export function Money({ amount, currency, isAlone = false }: MoneyProps): JSX.Element {
  const exact = money(amount, currency);
  if (isExact.value || !isFinerThanCurrency(amount, currency)) {
    return <span class="amount">{exact}</span>;
  }
  return (
    <span class="amount rounded" title={exact} tabIndex={isAlone ? 0 : undefined} data-exact={exact}>
      {roundedMoney(amount, currency)}
    </span>
  );
}

export function Credits({ amount }: { readonly amount: string }): JSX.Element {
  return <span class="amount">{credits(amount)}</span>;
}

export function Count({ value }: { readonly value: number }): JSX.Element {
  return <span class="amount">{count(value)}</span>;
}

/** An instant in the platform's zone, or another; the zone is in the title. */
export function DateTime(props: { readonly instant: string; readonly timeZone?: string }): JSX.Element {
  const platform = usePlatform();
  const timeZone = props.timeZone ?? platform.timeZone;
  return (
    <time dateTime={props.instant} title={`${props.instant} · ${timeZone}`}>
      {instantName(props.instant, timeZone)}
    </time>
  );
}

/** A day of the calendar. Name the zone once where days of a zone are listed. */
export function DayName({ day }: { readonly day: Day }): JSX.Element {
  return <time dateTime={day}>{dayName(day)}</time>;
}

/** A name that a person chose, with its own direction of writing; cut after two lines, whole in the title. */
export function Name({
  text,
  title = text,
}: {
  readonly text: string;
  readonly title?: string;
}): JSX.Element {
  return (
    <bdi dir="auto" class="two-lines" title={title}>
      {text}
    </bdi>
  );
}
