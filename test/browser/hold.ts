import type { Page, Route } from 'playwright-core';

/** Holds requests back; the returned function releases them. */
export async function hold(page: Page, url: RegExp): Promise<() => void> {
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(url, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  return goOn;
}

/** The service executes the write, and the connection drops before the response arrives. */
export async function doneAndLost(route: Route): Promise<void> {
  if (route.request().method() === 'GET') return route.continue();
  await route.fetch();
  await route.abort('connectionreset');
}
