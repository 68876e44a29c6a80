/** Starts the page: sign-in, or the views for the user's roles. */

import { get, isAborted } from './api/client.js';
import { readPlatform } from './api/revenue.js';
import { followBrowser } from './address/location.js';
import { put } from './dom/element.js';
import { onSession, token, watchExpiry } from './api/session.js';
import { signInView } from './session/sign-in.js';
import { problemPanel } from './dom/problem-panel.js';
import { openShell, waitingShell } from './shell/shell.js';
import { mayReadReports, rightsOf } from './session/rights.js';

const body = document.body;
/** @type {(() => void) | null} */
let closeShell = null;

function start() {
  followBrowser();
  watchExpiry();
  onSession((change) => {
    if (change === 'signed-in') void enter();
    else leave(change === 'expired');
  });
  if (token() === null) leave(false);
  else void enter();
}

/** @param {boolean} isExpired */
function leave(isExpired) {
  closeShell?.();
  closeShell = null;
  document.querySelectorAll('dialog').forEach((dialog) => dialog.remove());
  document.title = 'Sign in · Module Revenue';
  put(body, signInView(isExpired));
  body.querySelector('input')?.focus();
}

async function enter() {
  closeShell?.();
  closeShell = null;
  document.title = 'Module Revenue';
  put(body, waitingShell());
  try {
    const rights = rightsOf(await get('auth/me'));
    // The page does not request a report that the user cannot read: the attempt would be in the audit.
    const platform = mayReadReports(rights) ? await readPlatform() : null;
    if (token() === null) return;
    closeShell = openShell(body, rights, platform);
  } catch (error) {
    if (isAborted(error) || token() === null) return;
    put(body, waitingShell(problemPanel(error, () => void enter())));
  }
}

start();
