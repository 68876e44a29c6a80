import type { JSX } from 'preact';
import { daysName, presetNames, rangeHere, rangeParameters } from '../address/range.js';
import type { Preset } from '../address/ranges.js';
import { usePlatform } from '../session/me.js';
import { Select } from './field.js';

/** Chooses the range of the address among the presets; days that it names already stay a choice. */
export function PeriodSelect(props: { readonly label: string; readonly isInline?: boolean }): JSX.Element {
  const range = rangeHere(usePlatform().timeZone);
  const dates = range.preset === null ? [{ value: '' as const, label: daysName(range) }] : [];
  const choose = (preset: Preset | ''): void => {
    if (preset !== '') rangeParameters.go({ range: preset, startDate: null, endDate: null });
  };
  return (
    <Select {...props} value={range.preset ?? ''} options={[...dates, ...presetNames()]} onChoose={choose} />
  );
}
