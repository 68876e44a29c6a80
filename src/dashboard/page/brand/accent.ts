/** The tokens of a colour that a platform chose, readable on every background of the page. */

type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The surface of cards in dark. */
const DARK: Rgb = [24, 27, 35];
/** WCAG asks for 4.5; tinted backgrounds need a little more. */
const READABLE = 5.5;
const STEPS = 40;

/** @param accent `#rrggbb`; null: the page's own colour stays */
export function accentTokens(accent: string | null): readonly (readonly [token: string, value: string])[] {
  if (accent === null) return [];
  const colour = parsed(accent);
  const light = readable(colour, WHITE, BLACK);
  const dark = readable(colour, DARK, WHITE);
  const both = (onLight: Rgb, onDark: Rgb): string => `light-dark(${written(onLight)}, ${written(onDark)})`;
  return [
    ['--accent', both(light, dark)],
    ['--accent-strong', both(mixed(light, BLACK, 0.25), mixed(dark, WHITE, 0.3))],
    ['--accent-soft', both(mixed(light, WHITE, 0.9), mixed(DARK, dark, 0.14))],
  ];
}

/** The colour, mixed with another one until it can be read on the background. */
function readable(colour: Rgb, background: Rgb, towards: Rgb): Rgb {
  for (let step = 0; step < STEPS; step += 1) {
    const candidate = mixed(colour, towards, step / STEPS);
    if (contrast(candidate, background) >= READABLE) return candidate;
  }
  return towards;
}

/** The contrast of two colours (WCAG 2): 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param part of the second colour, 0 to 1 */
function mixed(one: Rgb, other: Rgb, part: number): Rgb {
  return one.map((value, index) =>
    Math.round(value + ((other[index] ?? 0) - value) * part),
  ) as unknown as Rgb;
}

/** @param text `#rrggbb` */
export function parsed(text: string): Rgb {
  const value = Number.parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function written(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
