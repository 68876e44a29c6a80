/** How figures, names and times are shown everywhere. */

import type { JSX } from 'preact';
import {
  count,
  credits,
  isFinerThanCurrency,
  money,
  moneyParts,
  roundedCredits,
  roundedMoney,
} from '../exact/format.js';
import { dayName, instantName, type Day } from '../exact/time.js';
import { isExact } from '../preferences/preferences.js';
import { usePlatform } from '../session/me.js';

export interface MoneyProps {
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
  /** A figure that stands alone: it takes the focus, so that the keyboard shows its exact digits too. */
  readonly isAlone?: boolean;
  /** Where every digit matters, as in an explanation: always all of them. */
  readonly isWhole?: boolean;
}

/** Money in the places of its currency; every digit on hover and focus, and always by the switch "exact amounts". */
export function Money({ amount, currency, isAlone = false, isWhole = false }: MoneyProps): JSX.Element {
  const exact = money(amount, currency);
  if (isWhole || isExact.value) return <WholeMoney amount={amount} currency={currency} />;
  if (!isFinerThanCurrency(amount, currency)) return <span class="amount">{exact}</span>;
  return <Rounded shown={roundedMoney(amount, currency)} exact={exact} isAlone={isAlone} />;
}

/** All digits; those after the places of the currency are smaller. */
function WholeMoney({
  amount,
  currency,
}: {
  readonly amount: string;
  readonly currency: string;
}): JSX.Element {
  const { head, tail, after } = moneyParts(amount, currency);
  return (
    <span class="amount">
      {head}
      <span class="tail">{tail}</span>
      {after}
    </span>
  );
}

interface RoundedProps {
  readonly shown: string;
  readonly exact: string;
  readonly isAlone: boolean;
}

function Rounded({ shown, exact, isAlone }: RoundedProps): JSX.Element {
  return (
    <span class="amount rounded" title={exact} tabIndex={isAlone ? 0 : undefined} data-exact={exact}>
      {shown}
    </span>
  );
}

export interface CreditsProps {
  readonly amount: string;
  readonly isAlone?: boolean;
  readonly isWhole?: boolean;
}

/** Credits, with at most two places; every digit like money. */
export function Credits({ amount, isAlone = false, isWhole = false }: CreditsProps): JSX.Element {
  const exact = credits(amount);
  const rounded = roundedCredits(amount);
  if (isWhole || isExact.value || rounded === exact) return <span class="amount">{exact}</span>;
  return <Rounded shown={rounded} exact={exact} isAlone={isAlone} />;
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
