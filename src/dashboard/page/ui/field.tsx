import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** What is wrong with the value, and what to enter instead. */
  readonly error?: ComponentChildren;
  readonly isInline?: boolean;
}

/** Ties a label, a hint and an error to the control inside. */
function Field(
  props: FieldProps & { readonly id: string; readonly children: ComponentChildren },
): JSX.Element {
  const { id, label, hint, error, isInline, children } = props;
  return (
    <div class={`field ${isInline ? 'inline' : ''}`}>
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <p class="form-error" id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  );
}

interface Described {
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

function described(id: string, { hint, error }: FieldProps): Described {
  const ids = [hint !== undefined && `${id}-hint`, Boolean(error) && `${id}-error`].filter(Boolean);
  return {
    'aria-describedby': ids.length === 0 ? undefined : ids.join(' '),
    'aria-invalid': error ? 'true' : undefined,
  };
}

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'date';
  readonly name?: string;
  readonly autocomplete?: string;
  /** `decimal` for amounts: phones show digits. */
  readonly inputMode?: 'text' | 'decimal' | 'numeric';
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  /** The number of lines, if the text can have several. */
  readonly rows?: number;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  readonly areaRef?: RefObject<HTMLTextAreaElement | null>;
}

export function TextField(props: TextFieldProps): JSX.Element {
  const id = useId();
  const { value, onInput, type = 'text', name, autocomplete = 'off', inputMode, placeholder, rows } = props;
  const shared = {
    id,
    name,
    value,
    placeholder,
    autocomplete,
    required: props.isRequired,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onInput(currentTarget.value),
    ...described(id, props),
  } as object;
  return (
    <Field {...props} id={id}>
      {rows === undefined ? (
        <input {...shared} {...({ type, inputMode } as object)} ref={props.inputRef} />
      ) : (
        <textarea {...shared} ref={props.areaRef} rows={rows} spellcheck={false} autocapitalize="off" />
      )}
    </Field>
  );
}

export interface SelectProps<T extends string> extends FieldProps {
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChoose: (value: T) => void;
}

export function Select<T extends string>(props: SelectProps<T>): JSX.Element {
  const id = useId();
  const { value, options, onChoose } = props;
  return (
    <Field {...props} id={id}>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) => onChoose(currentTarget.value as T)}
        {...described(id, props)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export interface CheckboxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly title?: string;
  readonly children: ComponentChildren;
}

export function Checkbox({ isChecked, onChange, title, children }: CheckboxProps): JSX.Element {
  return (
    <label class="check inline" title={title}>
      <input
        type="checkbox"
        checked={isChecked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
