import { chromium } from 'playwright-core';

/** The browser of this machine without a window; `CHROMIUM_PATH` says where it is if not at its usual place. */
export function startChromium() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
}

/** Shows the page to whoever has this token, from its first byte on, and waits until nothing loads any more. */
export async function showPage(context, address, token) {
  const page = await context.newPage();
  await page.addInitScript((text) => sessionStorage.setItem('module-revenue-token', text), token);
  await page.goto(address);
  await page.locator('.rows-table tbody tr, .empty').first().waitFor();
  const rowsAt_ms = await now(page);
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  return { page, rowsAt_ms, allAt_ms: await now(page) };
}

/** Since the navigation began. */
const now = (page) => page.evaluate(() => performance.now());
