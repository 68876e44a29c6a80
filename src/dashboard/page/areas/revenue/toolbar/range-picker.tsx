/** The range of dates and the time zone of its days. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { go } from '../../../address/location.js';
import { daysName, presetName, presetNames } from '../../../address/range.js';
import { usePlatform } from '../../../session/me.js';
import { Button } from '../../../ui/button.js';
import { Disclosure } from '../../../ui/disclosure.js';
import { Select, TextField } from '../../../ui/field.js';
import type { RevenueQuestion } from '../question.js';
import { t } from '../texts.js';

export function RangePicker({ question }: { readonly question: RevenueQuestion }): JSX.Element {
  const { address, range } = question;
  return (
    <Disclosure
      label={t('range')}
      icon="calendar"
      kind="range"
      shown={address.range === null ? daysName(range) : presetName(address.range)}
    >
      {(close) => <RangeForm question={question} close={close} />}
    </Disclosure>
  );
}

interface RangeFormProps {
  readonly question: RevenueQuestion;
  readonly close: () => void;
}

function RangeForm({ question, close }: RangeFormProps): JSX.Element {
  return (
    <div class="range-form">
      <div class="options">
        {presetNames().map(({ value, label }) => (
          <button
            key={value}
            type="button"
            class="option"
            aria-pressed={question.address.range === value}
            onClick={() => {
              go({ range: value, startDate: null, endDate: null });
              close();
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <Dates question={question} close={close} />
      <Zone question={question} />
    </div>
  );
}

/** Two days; either can be left open. */
function Dates({ question, close }: RangeFormProps): JSX.Element {
  const [first, setFirst] = useState(question.range.first ?? '');
  const [last, setLast] = useState(question.range.last ?? '');
  const [error, setError] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    if (first !== '' && last !== '' && first > last) return setError(t('wrongOrder'));
    const isOpen = first === '' && last === '';
    go({ range: isOpen ? 'all' : null, startDate: first || null, endDate: last || null });
    return close();
  };
  return (
    <form class="dates" onSubmit={submit}>
      <TextField
        label={t('firstDay')}
        type="date"
        name="startDate"
        value={first}
        onInput={setFirst}
        error={error}
      />
      <TextField label={t('lastDay')} type="date" name="endDate" value={last} onInput={setLast} />
      <Button type="submit">{t('showTheseDays')}</Button>
    </form>
  );
}

function Zone({ question }: { readonly question: RevenueQuestion }): JSX.Element {
  const { timeZone: platformZone } = usePlatform();
  return (
    <Select
      label={t('timeZone')}
      value={question.timeZone}
      options={zones(platformZone, question.timeZone).map((zone) => ({
        value: zone,
        label: zone === platformZone ? t('platformsZone', { zone }) : zone,
      }))}
      onChoose={(zone) => go({ timeZone: zone === platformZone ? null : zone })}
    />
  );
}

/** The platform's first, then the browser's own, then all. */
function zones(platformZone: string, chosen: string): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([platformZone, own, chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
