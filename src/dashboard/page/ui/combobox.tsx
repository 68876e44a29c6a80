import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { useQuestion, type Question } from '../question/question.js';
import { Name } from './figures.js';
import { t } from './texts.js';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Below the label, for example the id. */
  readonly note?: string;
}

export interface ComboboxProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly error?: string;
  /** Finds by the text that is typed; an empty text gives the first ones. */
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Choice[]>;
  readonly onChoose: (choice: Choice) => void;
  /** Whether the field is emptied after a choice, because the choice is shown elsewhere. */
  readonly isEmptied?: boolean;
}

/** A field that finds one of many things by typing: customers, partners, modules. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const { label, placeholder = t('search'), hint, error, onChoose, isEmptied } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const wanted = text.trim();
  const found = useQuestion(isOpen ? wanted : null, props.find, wanted);
  const choices = found.settled.value?.answer ?? [];
  const choose = (choice: Choice): void => {
    setText(isEmptied ? '' : choice.label);
    setOpen(false);
    onChoose(choice);
  };
  const onKey = (event: KeyboardEvent): void => {
    const choice = choices[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (isOpen && choices.length > 0) setActive((active + step + choices.length) % choices.length);
      setOpen(true);
    } else if (event.key === 'Enter' && isOpen && choice !== undefined) choose(choice);
    else if (event.key === 'Escape' && isOpen) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="field combobox" onFocusOut={() => setOpen(false)}>
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        placeholder={placeholder}
        value={text}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && choices[active] !== undefined ? `${id}-${active}` : undefined}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKey}
      />
      <Choices id={id} label={label} isOpen={isOpen} active={active} found={found} onChoose={choose} />
      <p class={error === undefined ? 'hint' : 'form-error'} id={`${id}-hint`}>
        {error ?? hint}
      </p>
    </div>
  );
}

interface ChoicesProps {
  readonly id: string;
  readonly label: string;
  readonly isOpen: boolean;
  readonly active: number;
  readonly found: Question<string, readonly Choice[]>;
  readonly onChoose: (choice: Choice) => void;
}

function Choices({ id, label, isOpen, active, found, onChoose }: ChoicesProps): JSX.Element {
  const choices = found.settled.value?.answer ?? [];
  return (
    <div class="panel" hidden={!isOpen} aria-busy={found.isLoading.value}>
      <ul id={`${id}-list`} role="listbox" aria-label={label}>
        {choices.map((choice, index) => (
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            class="option"
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(choice)}
          >
            <Name text={choice.label} />
            {choice.note !== undefined && <small>{choice.note}</small>}
          </li>
        ))}
      </ul>
      {found.isLoading.value && <p class="hint">{t('loading')}</p>}
      {found.settled.value !== null && choices.length === 0 && <p class="hint">{t('noResults')}</p>}
      {found.error.value !== null && <p class="form-error">{t('listFailed')}</p>}
    </div>
  );
}
