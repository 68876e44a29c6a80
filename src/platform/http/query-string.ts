import { RESERVED_NAMES } from '../json/index.js';
import type { FieldError } from '../problem/index.js';

/** Single parameters are strings, repeated ones arrays in their order. */
type QueryValues = Record<string, string | string[]>;

/** The parameters of a query string and its errors. */
export interface ParsedQuery {
  readonly values: QueryValues;
  readonly errors: readonly FieldError[];
}

/**
 * Reads a query string in the form of HTML forms (WHATWG URL, 5.1: `+` is a space), but strictly: a broken escape, text
 * that is not UTF-8, brackets and reserved names are errors.
 */
export function parseQueryString(text: string): ParsedQuery {
  const values: QueryValues = {};
  const errors: FieldError[] = [];
  for (const pair of text.split('&').filter((part) => part !== '')) {
    const separator = pair.indexOf('=');
    const name = decode(separator < 0 ? pair : pair.slice(0, separator));
    const value = decode(separator < 0 ? '' : pair.slice(separator + 1));
    const complaint = complaintAbout(name, value);
    if (name === null || value === null || complaint !== null) {
      errors.push({ field: `query.${name ?? '?'}`, message: complaint ?? 'cannot be read' });
      continue;
    }
    const earlier = Object.hasOwn(values, name) ? values[name] : undefined;
    values[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return { values, errors };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function complaintAbout(name: string | null, value: string | null): string | null {
  if (name === null || value === null) {
    return 'has an escape that is not UTF-8; write a literal percent sign as %25';
  }
  if (name.includes('\0') || value.includes('\0')) {
    return 'must not contain the character NUL (%00)';
  }
  if (name.includes('[')) {
    return 'must be written without brackets; send a repeatable parameter several times';
  }
  return RESERVED_NAMES.has(name) ? 'is not a known parameter' : null;
}
