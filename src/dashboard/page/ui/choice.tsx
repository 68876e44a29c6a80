import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

/** Options side by side, one of which is chosen: radio buttons that look like one control. */
export function Choice<T extends string>({ label, options, value, onChoose }: ChoiceProps<T>): JSX.Element {
  const group = useId();
  return (
    <fieldset class="choice">
      <legend class="sr">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
