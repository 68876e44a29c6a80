/** Picks none (all), one or several of many items, with a search and a checkbox for each result. */

import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useQuestion } from '../question/question.js';
import { Button } from './button.js';
import type { Choice } from './combobox.js';
import { Disclosure } from './disclosure.js';
import { Name } from './figures.js';
import type { IconName } from './icon.js';
import { t } from './texts.js';

/** Most ids in one filter of the service, and most items in one of its lists. */
const MOST_CHOSEN = 5_000;
const MOST_OF_A_LIST = 500;

export interface Found {
  readonly items: readonly Choice[];
  /** Null: these are all. */
  readonly cursor: string | null;
}

export type Find = (
  text: string,
  cursor: string | null,
  signal: AbortSignal,
  limit?: number,
) => Promise<Found>;

export interface IdPickerProps {
  readonly label: string;
  readonly icon: IconName;
  readonly chosen: readonly string[];
  /** What the button shows. */
  readonly shown: ComponentChildren;
  /** The choice of nothing, which means all. */
  readonly allText: string;
  readonly isAll: boolean;
  readonly searchLabel: string;
  readonly find: Find;
  /** The label of a chosen item that the list does not show. */
  readonly labelOf: (id: string) => string;
  /** Called with the labels that were found, so that chosen items can be named elsewhere. */
  readonly onFound?: (items: readonly Choice[]) => void;
  readonly onChoose: (ids: readonly string[]) => void;
  /** Set if the chosen items can be left out instead, and all results be chosen at once. */
  readonly leavingOut?: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void };
  /** Above the search. */
  readonly extra?: ComponentChildren;
}

export function IdPicker(props: IdPickerProps): JSX.Element {
  return (
    <Disclosure label={props.label} icon={props.icon} shown={props.shown}>
      {() => <PickerPanel {...props} />}
    </Disclosure>
  );
}

function PickerPanel(props: IdPickerProps): JSX.Element {
  const { chosen, allText, isAll, searchLabel, onChoose, leavingOut, extra } = props;
  const [text, setText] = useState('');
  const [failure, setFailure] = useState('');
  const choosing = useRef<AbortController | null>(null);
  useEffect(() => () => choosing.current?.abort(), []);
  const chooseAll = async (): Promise<void> => {
    choosing.current?.abort();
    const controller = new AbortController();
    choosing.current = controller;
    setFailure('');
    try {
      const ids = await allFound(props, text.trim(), controller.signal);
      if (controller.signal.aborted) return;
      if (ids === null) setFailure(t('tooManyFound', { most: MOST_CHOSEN }));
      else onChoose(ids);
    } catch {
      if (!controller.signal.aborted) setFailure(t('listFailed'));
    }
  };
  return (
    <div class="id-picker">
      {extra}
      <button type="button" class="option" aria-pressed={isAll} onClick={() => onChoose([])}>
        {allText}
      </button>
      {leavingOut !== undefined && (
        <>
          <div class="options two">
            {[false, true].map((isOn) => (
              <button
                key={String(isOn)}
                type="button"
                class="option"
                aria-pressed={leavingOut.isOn === isOn}
                onClick={() => leavingOut.onChange(isOn)}
              >
                {isOn ? t('allButChosen') : t('onlyChosen')}
              </button>
            ))}
          </div>
          <Button kind="quiet" onPress={() => void chooseAll()}>
            {t('chooseAllFound')}
          </Button>
        </>
      )}
      <input
        type="search"
        aria-label={searchLabel}
        placeholder={t('search')}
        autocomplete="off"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      {failure !== '' && (
        <p class="form-error" role="alert">
          {failure}
        </p>
      )}
      <FoundList {...props} text={text.trim()} chosen={chosen} />
    </div>
  );
}

/** The chosen ids and all that a search finds; null: too many. */
async function allFound(
  { chosen, find, onFound }: IdPickerProps,
  text: string,
  signal: AbortSignal,
): Promise<string[] | null> {
  const ids = new Set(chosen);
  let cursor: string | null = null;
  do {
    const { items, cursor: next }: Found = await find(text, cursor, signal, MOST_OF_A_LIST);
    onFound?.(items);
    for (const { id } of items) ids.add(id);
    cursor = next;
  } while (cursor !== null && ids.size <= MOST_CHOSEN);
  return ids.size > MOST_CHOSEN ? null : [...ids];
}

function FoundList(props: IdPickerProps & { readonly text: string }): JSX.Element {
  const { text, chosen, find, labelOf, onFound, onChoose } = props;
  // The chosen ones that stay at the top are those of the moment when the list was read.
  const [first, setFirst] = useState(chosen);
  const found = useQuestion(
    { text },
    async (query, signal) => {
      const list = await find(query.text, null, signal);
      onFound?.(list.items);
      setFirst(chosen);
      return list;
    },
    text,
  );
  const [isReadingMore, setReadingMore] = useState(false);
  const list = found.shown.value?.answer ?? { items: [], cursor: null };
  const apart = text === '' ? first.filter((id) => list.items.every((item) => item.id !== id)) : [];
  const items = [...apart.map((id) => ({ id, label: labelOf(id), note: id })), ...list.items];
  const toggle = (id: string): void =>
    onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const readMore = async (): Promise<void> => {
    const settled = found.settled.value;
    if (settled === null) return;
    const { question, answer } = settled;
    setReadingMore(true);
    const more = await find(question.text, answer.cursor, AbortSignal.timeout(30_000)).catch(() => null);
    setReadingMore(false);
    // Another text was typed meanwhile: these items are not part of its answer.
    if (more === null || found.settled.value?.question !== question) return;
    onFound?.(more.items);
    found.amend(({ items: before }) => ({ items: [...before, ...more.items], cursor: more.cursor }));
  };
  return (
    <div class="checks long" aria-live="polite" aria-busy={found.isLoading.value || isReadingMore}>
      {found.error.value !== null && <p class="form-error">{t('listFailed')}</p>}
      {found.settled.value !== null && items.length === 0 && <p class="hint">{t('noResults')}</p>}
      {found.error.value === null &&
        items.map(({ id, label, note }) => (
          <label key={id} class="check">
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span class="check-text">
              <Name text={label} />
              {note !== undefined && (
                <small>
                  <bdi dir="auto">{note}</bdi>
                </small>
              )}
            </span>
          </label>
        ))}
      {list.cursor !== null && (
        <Button kind="quiet" onPress={() => void readMore()}>
          {t('showMore')}
        </Button>
      )}
    </div>
  );
}
