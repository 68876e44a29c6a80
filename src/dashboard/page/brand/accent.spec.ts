import * as fc from 'fast-check';
import { accentTokens, contrast, parsed } from './accent.js';

const PAGES = { light: '#f6f7f9', dark: '#181b23' } as const;
const ENOUGH = 4.5;

describe('the colour of a platform', () => {
  it('can be read on the page and on its own soft background, whatever it is', () => {
    const anyColour = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(anyColour, (colour) => {
        const tokens = new Map(accentTokens(colour));
        for (const [index, background] of [PAGES.light, PAGES.dark].entries()) {
          const [accent = '', strong = '', soft = ''] = ['--accent', '--accent-strong', '--accent-soft'].map(
            (token) => /light-dark\((.*), (.*)\)/.exec(tokens.get(token) ?? '')?.[index + 1],
          );
          expect(contrast(parsed(accent), parsed(background))).toBeGreaterThanOrEqual(ENOUGH);
          expect(contrast(parsed(strong), parsed(soft))).toBeGreaterThanOrEqual(ENOUGH);
        }
      }),
    );
  });

  it('is the page’s own if the platform chose none', () => expect(accentTokens(null)).toEqual([]));
});
