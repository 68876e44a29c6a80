import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** A page that has loaded, and when it had: milliseconds since the navigation began. */
export interface ShownPage {
  readonly page: Page;
  readonly rowsAt_ms: number;
  readonly allAt_ms: number;
}

/** The browser of this machine without a window; `CHROMIUM_PATH` says where it is if not at its usual place. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
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
export async function showPage(context: BrowserContext, address: string, token: string): Promise<ShownPage> {
  const page = await context.newPage();
  await page.addInitScript(`sessionStorage.setItem('module-revenue-token', ${JSON.stringify(token)})`);
  await page.goto(address);
  await page.locator('.rows-table tbody tr, .empty').first().waitFor();
  const rowsAt_ms = await now(page);
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  return { page, rowsAt_ms, allAt_ms: await now(page) };
}

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());
