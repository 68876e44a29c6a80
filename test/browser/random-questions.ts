import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { PageWorld } from '../support/page-world.js';

const QUESTIONS = 40;
const LONGEST_DELAY_MS = 250;
const PATIENCE_MS = 240_000;
const SEED = 20_260_601;

/** A sequence of numbers from 0 to 1 that is the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What is exported belongs to the question on the screen, however late and in which order the answers arrive. */
export function randomQuestions(world: PageWorld): void {
  const random = numbers(SEED);
  const one = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const some = (name: string, ids: readonly string[]): string =>
    ids
      .filter(() => random() < 0.3)
      .map((id) => `&${name}=${id}`)
      .join('');
  const question = (): string => {
    const month = 1 + Math.floor(random() * 4);
    const days = `startDate=2026-0${month}-0${1 + Math.floor(random() * 9)}&endDate=2026-0${month + 1}-1${Math.floor(random() * 9)}`;
    return [
      days,
      some('moduleId', ['a-maps', 'a-wide', 'a-atlas']),
      some('partnerId', ['acme', 'bolt']),
      one(['', '&includeFree=true']),
      one(['', '&sort=revenue', '&sort=moduleName&order=asc', '&sort=creditCost&order=asc']),
      one(['', '&timeZone=Asia%2FTokyo', '&timeZone=America%2FNew_York']),
    ].join('');
  };

  it(
    `exports what is on the screen for ${QUESTIONS} random questions, while answers are delayed`,
    async () => {
      const page = await world.visit('finance', question());
      await page.route(/\/api\/revenue\?(?!.*format=csv)/, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_DELAY_MS));
        await route.continue().catch(() => undefined);
      });
      for (let count = 0; count < QUESTIONS; count += 1) {
        // The answers to the first ones can arrive after that to the last one.
        const asked = Array.from({ length: 1 + Math.floor(random() * 3) }, question);
        for (const query of asked) await goTo(page, query);
        const last = asked.at(-1) ?? '';
        const zone = last.includes('timeZone') ? '' : '&timeZone=UTC';
        const { text } = await world.ask(`revenue?${last}${zone}&format=csv`, 'finance');
        expect([last, await exported(page)]).toEqual([last, text]);
      }
    },
    PATIENCE_MS,
  );
}

/** Opens an address of the page as Back and Forward do. */
function goTo(page: Page, query: string): Promise<void> {
  return page.evaluate(`(() => {
    history.pushState(null, '', ${JSON.stringify(`/?${query}`)});
    dispatchEvent(new PopStateEvent('popstate'));
  })()`);
}

/** Presses the button as soon as the page offers it; while a report is loading, it must not. */
async function exported(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  return readFileSync(await (await download).path(), 'utf8');
}
