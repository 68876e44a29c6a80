import type { Page } from 'playwright-core';

/**
 * The texts that stick out of what they are in, or of the screen, and how much wider than the screen the page is. What
 * scrolls by itself may be wider.
 */
export function spills(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = [];
    const root = document.documentElement;
    const over = root.scrollWidth - root.clientWidth;
    if (over > 0) {
      const wide = [...document.body.querySelectorAll('*')].filter(
        (one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(one.parentElement),
      );
      found.push('wider than the screen by ' + over + ': ' + (wide.at(-1)?.outerHTML ?? '').slice(0, 120));
    }
    const boxes = 'td, th, dd, dt, button, a, li, label, h1, h2, h3, p, figure, section, dialog';
    const walker = document.createTreeWalker(document.querySelector('dialog') ?? document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent.trim();
      const parent = node.parentElement;
      if (text === '' || parent.closest('.sr, svg, select, textarea, [hidden], script, noscript') !== null) continue;
      if (scrolls(parent)) continue;
      range.selectNodeContents(node);
      const [place, box] = [range.getBoundingClientRect(), parent.closest(boxes)];
      if (place.width === 0 || box === null || cuts(parent)) continue;
      const edge = box.getBoundingClientRect();
      if (edge.width <= 2) continue;
      const by = Math.max(edge.left - place.left, place.right - edge.right);
      if (by > 1) found.push(text.slice(0, 60) + ' sticks out of ' + box.outerHTML.slice(0, 80) + ' by ' + Math.round(by));
    }
    return found;

    function scrolls(element) {
      for (let one = element; one !== null; one = one.parentElement) {
        if (['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.tagName !== 'DIALOG') return true;
      }
      return false;
    }

    /** Cut on purpose: an ellipsis or a limit of lines. */
    function cuts(element) {
      for (let one = element, up = 0; one !== null && up < 4; one = one.parentElement, up += 1) {
        const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(one);
        if (overflowX === 'hidden' && (textOverflow === 'ellipsis' || webkitLineClamp !== 'none')) return true;
      }
      return false;
    }
  })()`);
}
