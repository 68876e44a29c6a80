import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Chromium without a window system: the same engine, which starts and ends in half the time. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Usual paths of Chromium and related browsers. */
const USUAL_PLACES = [
  ...(process.env['PAGE_BROWSER'] === 'whole' ? [] : [HEADLESS_SHELL]),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No network requests and dialogs of the browser's own; no sandbox, because CI runs as root. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the browser on this machine; null if there is none. `CHROMIUM_PATH` has priority. */
function findChromium(): string | null {
  return [process.env['CHROMIUM_PATH'] ?? '', ...USUAL_PLACES].find((path) => existsSync(path)) ?? null;
}

/**
 * Starts the browser without a window, with an empty profile of its own.
 *
 * @param flags besides the usual ones
 */
export function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? '',
    headless: true,
    args: [...FLAGS, ...flags],
  });
}

/** Whether a missing browser is a failure: in CI, and if these tests were requested explicitly. */
function isRequired(): boolean {
  return process.env['CI'] === 'true' || process.env['PAGE_BROWSER'] === 'whole';
}

/** Describes tests that need a browser. Without one they are skipped, and their name shows the reason. */
export function describeInBrowser(name: string, define: () => void): void {
  if (findChromium() !== null) {
    describe(name, define);
  } else if (isRequired()) {
    describe(name, () => {
      it('finds a Chromium', () => {
        throw new Error('No Chromium is installed here; install one, or set CHROMIUM_PATH.');
      });
    });
  } else {
    describe.skip(`${name} (skipped: no Chromium is installed here, and CHROMIUM_PATH names none)`, define);
  }
}
