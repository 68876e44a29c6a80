/** The view for users who are not signed in. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { answerOf, api } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import { signIn } from '../api/session.js';
import { brand } from '../brand/brand.js';
import { BrandMark } from '../shell/brand.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { Name } from '../ui/figures.js';
import { Notice } from '../ui/view.js';
import { t } from './texts.js';

/** @param isExpired whether a token has just expired */
export function SignIn({ isExpired }: { readonly isExpired: boolean }): JSX.Element {
  const message = useSignal('');
  const say = (text: string): void => void (message.value = text);
  useEffect(() => {
    document.title = `${t('signIn')} · ${brand.value.name}`;
  });
  return (
    <main class="sign-in" id="main">
      <div class="sign-in-card">
        <BrandMark />
        <h1>
          <Name text={brand.value.name} />
        </h1>
        <p class="lead">{t('lead')}</p>
        {isExpired && <Notice>{t('expired')}</Notice>}
        <PasswordForm say={say} />
        <p class="form-error" role="alert">
          {message.value}
        </p>
        <TokenForm say={say} />
      </div>
    </main>
  );
}

interface FormProps {
  readonly say: (message: string) => void;
}

function PasswordForm({ say }: FormProps): JSX.Element {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isSending, setSending] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isSending) return;
    say('');
    setSending(true);
    try {
      const body = { email: email.trim(), password };
      signIn((await answerOf(api.POST('/api/auth/login', { body }))).accessToken);
    } catch (error) {
      say(whyNot(error));
      setSending(false);
      if (error instanceof Refusal && error.status === 401) secret.current?.focus();
    }
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('email')}
        type="email"
        name="email"
        autocomplete="username"
        isRequired
        value={email}
        onInput={setEmail}
        inputRef={first}
      />
      <TextField
        label={t('password')}
        type="password"
        name="password"
        autocomplete="current-password"
        isRequired
        value={password}
        onInput={setPassword}
        inputRef={secret}
      />
      <Button kind="primary" type="submit" class="wide" isDisabled={isSending}>
        {t('signIn')}
      </Button>
    </form>
  );
}

/** What to do about it. */
function whyNot(error: unknown): string {
  if (!(error instanceof Refusal)) return t('unreachable');
  switch (error.status) {
    case 401:
      return t('wrongPassword');
    case 404:
      return t('usePlatform');
    case 429:
      return t('tooManyAttempts');
    default:
      return error.message;
  }
}

function TokenForm({ say }: FormProps): JSX.Element {
  const [text, setText] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    say('');
    const accessToken = text.trim().replace(/^bearer\s+/i, '');
    try {
      if (!/^[\x21-\x7e]+$/.test(accessToken)) throw new Refusal(401, {});
      await api.GET('/api/auth/me', { headers: { Authorization: `Bearer ${accessToken}` } });
      signIn(accessToken);
    } catch (error) {
      const isRefused = error instanceof Refusal && error.status === 401;
      say(isRefused ? t('tokenRefused') : whyNot(error));
      area.current?.focus();
    }
  };
  return (
    <details class="token">
      <summary>{t('useToken')}</summary>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('token')}
          name="token"
          rows={3}
          isRequired
          value={text}
          onInput={setText}
          areaRef={area}
          hint={t('tokenHint')}
        />
        <Button type="submit" class="wide">
          {t('continueWithToken')}
        </Button>
      </form>
    </details>
  );
}
