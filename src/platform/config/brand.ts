import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Brand, Logo } from './config.js';

/** The name of the platform on the page and in `GET /api/settings` until PLATFORM_NAME is set. */
export const PLATFORM_NAME_DEFAULT = 'Module Revenue';

const NAME_MAX_CHARACTERS = 60;
/** Every browser loads the logo with the page, so it must be small. */
const LOGO_MAX_BYTES = 256 * 1024;

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** An SVG document can begin with a byte order mark, a declaration, comments and a document type. */
const SVG_START = /^\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]/i;

/** What is wrong with a PLATFORM_NAME, as the end of a sentence; null if nothing is. */
export function platformName(text: string): string | null {
  const isName =
    text.trim() === text &&
    [...text].length <= NAME_MAX_CHARACTERS &&
    !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
  return isName
    ? null
    : `must be a name of 1 to ${NAME_MAX_CHARACTERS} characters on one line, without spaces around it and invisible characters`;
}

/** What is wrong with a PLATFORM_ACCENT, as the end of a sentence; null if nothing is. */
export function accentColour(text: string): string | null {
  return /^#[0-9a-f]{6}$/i.test(text) ? null : 'must be a colour of six hexadecimal digits, like #0a7d5a';
}

/** What is wrong with a PLATFORM_LOGO, as the end of a sentence; null if nothing is. */
export function logoFile(path: string): string | null {
  const logo = readLogo(path);
  return typeof logo === 'string' ? logo : null;
}

/** The brand of variables that have passed the checks above. */
export function brandOf(variables: {
  readonly PLATFORM_NAME: string;
  readonly PLATFORM_LOGO?: string;
  readonly PLATFORM_ACCENT?: string;
}): Brand {
  const { PLATFORM_NAME: name, PLATFORM_LOGO: path, PLATFORM_ACCENT: accent } = variables;
  const logo = path === undefined ? null : readLogo(path);
  return { name, accent: accent?.toLowerCase() ?? null, logo: typeof logo === 'string' ? null : logo };
}

/** Path at which the page's files contain the logo; null if there is none. */
export function logoPath({ logo }: Brand): string | null {
  return logo === null ? null : `/page/platform-logo.${logo.extension}`;
}

/** @returns what is wrong with the file, as the end of a sentence, if it is no logo */
function readLogo(path: string): Logo | string {
  const kind = extname(path).toLowerCase();
  if (kind !== '.svg' && kind !== '.png') return `is ${path}; the name of a logo must end with .svg or .png`;
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    return `is ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`;
  }
  if (content.length > LOGO_MAX_BYTES) {
    return `is ${path}, which has ${content.length} bytes; the limit is ${LOGO_MAX_BYTES}`;
  }
  const fits =
    kind === '.png'
      ? content.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)
      : SVG_START.test(content.toString('utf8'));
  if (!fits) return `is ${path}, whose content is not ${kind === '.png' ? 'a PNG image' : 'an SVG document'}`;
  return { extension: kind === '.png' ? 'png' : 'svg', content };
}
