/** The view for users who are not signed in. */

import { call, readJson, Refusal } from '../api/client.js';
import { h, put } from '../dom/element.js';
import { signIn } from '../api/session.js';

/**
 * @param {boolean} isExpired whether a token has just expired
 * @returns {HTMLElement}
 */
export function signInView(isExpired) {
  const message = h('p', { class: 'form-error', role: 'alert' });
  const notice = h(
    'p',
    { class: 'notice', role: 'status' },
    'Your session has ended. Sign in again to continue where you were.',
  );
  return h(
    'main',
    { class: 'sign-in', id: 'main' },
    h(
      'div',
      { class: 'sign-in-card' },
      h('div', { class: 'brand-mark', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'), h('i')),
      h('h1', {}, 'Module Revenue'),
      h('p', { class: 'lead' }, 'What your modules earned, and exactly why.'),
      isExpired && notice,
      passwordForm(message),
      message,
      tokenForm(message),
    ),
  );
}

/**
 * @param {HTMLElement} message
 * @returns {HTMLFormElement}
 */
function passwordForm(message) {
  const email = h('input', { type: 'email', name: 'email', autocomplete: 'username', required: true });
  const password = h('input', {
    type: 'password',
    name: 'password',
    autocomplete: 'current-password',
    required: true,
  });
  const button = h('button', { class: 'button primary wide' }, 'Sign in');
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    put(message);
    button.disabled = true;
    try {
      const body = { email: email.value.trim(), password: password.value };
      const response = await call('auth/login', { method: 'POST', body });
      /** @type {{ accessToken: string }} */
      const { accessToken } = await readJson(response);
      signIn(accessToken);
    } catch (error) {
      put(message, whyNot(error));
      button.disabled = false;
      (error instanceof Refusal && error.status === 401 ? password : button).focus();
    }
  };
  return h(
    'form',
    { class: 'stack', onsubmit: (/** @type {SubmitEvent} */ event) => void submit(event) },
    h('label', { class: 'field' }, h('span', {}, 'E-mail address'), email),
    h('label', { class: 'field' }, h('span', {}, 'Password'), password),
    button,
  );
}

/**
 * @param {unknown} error
 * @returns {string} what to do about it
 */
function whyNot(error) {
  if (!(error instanceof Refusal)) {
    return 'The service cannot be reached. Check your connection and try again.';
  }
  switch (error.status) {
    case 401:
      return 'The e-mail address or the password is wrong.';
    case 404:
      return 'Your platform handles sign-in. Paste its access token below.';
    case 429:
      return 'Too many attempts. Wait a few minutes, then try again.';
    default:
      return error.message;
  }
}

/**
 * @param {HTMLElement} message
 * @returns {HTMLElement}
 */
function tokenForm(message) {
  const input = h('textarea', {
    name: 'token',
    rows: 3,
    required: true,
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
  });
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    put(message);
    const accessToken = input.value.trim().replace(/^bearer\s+/i, '');
    try {
      if (!/^[\x21-\x7e]+$/.test(accessToken)) throw new Refusal(401, {});
      await call('auth/me', { headers: { Authorization: `Bearer ${accessToken}` } });
      signIn(accessToken);
    } catch (error) {
      const isRefused = error instanceof Refusal && error.status === 401;
      put(
        message,
        isRefused ? 'The service does not accept this token: it is wrong or has expired.' : whyNot(error),
      );
      input.focus();
    }
  };
  return h(
    'details',
    { class: 'token' },
    h('summary', {}, 'Use an access token instead'),
    h(
      'form',
      { class: 'stack', onsubmit: (/** @type {SubmitEvent} */ event) => void submit(event) },
      h('label', { class: 'field' }, h('span', {}, 'Token of your platform'), input),
      h('p', { class: 'hint' }, 'It stays in this browser tab and is forgotten when you close it.'),
      h('button', { class: 'button wide' }, 'Continue with the token'),
    ),
  );
}
