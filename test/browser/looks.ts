import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { ALL_RULES, violations } from './accessible.js';

const LOOKS = [
  { colorScheme: 'light', width: 1320 },
  { colorScheme: 'dark', width: 360 },
] as const;

/** What axe finds in the open view, and how much wider than the screen it is; empty: nothing. */
export async function violationsIn(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(axe.source);
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const broken = await violations(page, ALL_RULES);
    found.push(...broken.map((violation) => `${colorScheme}, ${width} px: ${violation}`));
    const over = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    if (over > 0) found.push(`${width} px: wider than the screen by ${over}`);
  }
  return found;
}
