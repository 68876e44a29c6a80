import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { signOut } from '../api/session.js';
import {
  isExact,
  LANGUAGES,
  language,
  prefer,
  theme,
  THEMES,
  type Language,
} from '../preferences/preferences.js';
import type { Rights } from '../session/rights.js';
import { useCaller } from '../session/me.js';
import { Button } from '../ui/button.js';
import { Disclosure } from '../ui/disclosure.js';
import { Checkbox, Select } from '../ui/field.js';
import { PasswordDialog } from './password-dialog.js';
import { t as password } from './password-texts.js';
import { t } from './texts.js';

/** Each language by its own name. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** Who is signed in, what this reader prefers, and the way out. */
export function AccountMenu({ rights }: { readonly rights: Rights }): JSX.Element {
  const { platform } = useCaller();
  const [isChanging, setChanging] = useState(false);
  // The focus returns to the account's button when the dialog closes.
  const openPassword = (closeMenu: () => void): void => {
    closeMenu();
    setChanging(true);
  };
  return (
    <div class="who">
      <Disclosure
        label={t('account')}
        icon="account"
        kind="end account"
        shown={<bdi class="who-id">{rights.id}</bdi>}
      >
        {(close) => (
          <div class="stack">
            <p class="account-id">
              <bdi>{rights.id}</bdi>
              {rights.roles.map((role) => (
                <span key={role} class="role">
                  {role}
                </span>
              ))}
            </p>
            <PreferencesForm />
            {platform.signsInHere && (
              <Button class="wide" onPress={() => openPassword(close)}>
                {password('change')}
              </Button>
            )}
            <Button class="wide" onPress={() => signOut('signed-out')}>
              {t('signOut')}
            </Button>
          </div>
        )}
      </Disclosure>
      {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
    </div>
  );
}

function PreferencesForm(): JSX.Element {
  const themeNames = { system: t('themeSystem'), light: t('themeLight'), dark: t('themeDark') };
  return (
    <>
      <Checkbox
        isChecked={isExact.value}
        onChange={(isChecked) => prefer({ isExact: isChecked })}
        title={t('exactAmountsHint')}
      >
        {t('exactAmounts')}
      </Checkbox>
      <Select
        label={t('language')}
        value={language.value}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        onChoose={(value) => prefer({ language: value })}
      />
      <Select
        label={t('theme')}
        value={theme.value}
        options={THEMES.map((value) => ({ value, label: themeNames[value] }))}
        onChoose={(value) => prefer({ theme: value })}
      />
    </>
  );
}
