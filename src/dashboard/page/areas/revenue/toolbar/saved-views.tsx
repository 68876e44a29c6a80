/** Saves the view under a name, and opens saved ones. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { DRAWERS } from '../../../address/drawers.js';
import { place } from '../../../address/router.js';
import { removeView, saveView, viewsOf } from '../../../preferences/saved-views.js';
import { Button, Link } from '../../../ui/button.js';
import { Disclosure } from '../../../ui/disclosure.js';
import { TextField } from '../../../ui/field.js';
import { Name } from '../../../ui/figures.js';
import { t as uiText } from '../../../ui/texts.js';
import { t } from '../texts.js';

/** What opens over a view, and where its table is, are no part of it. */
const NOT_SAVED = [...DRAWERS, 'page'];

export function SavedViews({ userId }: { readonly userId: string }): JSX.Element {
  return (
    <Disclosure label={t('savedViews')} icon="bookmark" kind="end" shown={t('views')}>
      {() => (
        <div class="stack saved-views">
          <ViewList userId={userId} />
          <SaveForm userId={userId} />
        </div>
      )}
    </Disclosure>
  );
}

function ViewList({ userId }: { readonly userId: string }): JSX.Element {
  const views = viewsOf(userId);
  if (views.length === 0) return <p class="hint">{t('noViews')}</p>;
  return (
    <ul>
      {views.map(({ name, address }) => (
        <li key={name}>
          <Link class="option" to={`${place.value.path}${address}`}>
            <Name text={name} />
          </Link>
          <Button kind="quiet" icon="close" isRound onPress={() => removeView(userId, name)}>
            {uiText('remove', { name })}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function SaveForm({ userId }: { readonly userId: string }): JSX.Element {
  const [name, setName] = useState('');
  const save = (event: Event): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    saveView(userId, { name: name.trim(), address: savedAddress() });
    setName('');
  };
  return (
    <form class="save-form" onSubmit={save}>
      <TextField label={t('nameOfView')} value={name} onInput={setName} />
      <Button type="submit">{t('saveView')}</Button>
    </form>
  );
}

function savedAddress(): string {
  const { search, fragment } = place.value;
  const query = new URLSearchParams(search);
  for (const name of NOT_SAVED) query.delete(name);
  const rest = query.toString();
  return `${rest === '' ? '' : `?${rest}`}${fragment}`;
}
