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

/** The service executes the write, and the connection drops before the response arrives; reads and previews go on. */
export async function doneAndLost(route: Route): Promise<void> {
  const request = route.request();
  if (request.method() === 'GET' || /preview=true/.test(request.url())) return route.continue();
  await route.fetch();
  await route.abort('connectionreset');
}
