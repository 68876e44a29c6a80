import type { FieldError } from '../problem/index.js';
import { RESERVED_NAMES } from './reserved-names.js';

/** Containers inside each other; the contract's own bodies need 2. */
const MAX_DEPTH = 16;

/** String tokens of a JSON text that is known to be valid; the group is there when the token is an object's key. */
const STRING_TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/** A JSON value, or why the text is refused. */
export type JsonReading = { readonly value: unknown } | { readonly error: FieldError };

/** A place in the parsed tree; the path is only spelled out for an error. */
interface Place {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Place | null;
  readonly depth: number;
}

/**
 * Reads JSON without mending anything. Beyond `JSON.parse` it refuses what parsers disagree on or what would be
 * changed or lost on the way to the database: duplicate and reserved keys, lone surrogates, NUL, numbers beyond
 * a double's range, and nesting that could exhaust a stack (RFC 8259, 4, 6, 8.2, 9; RFC 7493, I-JSON).
 */
export function readJson(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse('body', `is not JSON: ${(error as SyntaxError).message}`);
  }
  return isPlain(value, text) ? { value } : inspect(value, text);
}

/**
 * Whether a text is so simple that nothing of the above can be in it: one flat object, and no backslash, so that two
 * quotation marks make a string and no string holds NUL or half a character. Most lines of an import are; to see it takes a
 * quarter of the time of looking closely.
 */
function isPlain(value: unknown, text: string): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || text.includes('\\'))
    return false;
  let strings = 0;
  for (const [key, child] of Object.entries(value)) {
    if (RESERVED_NAMES.has(key) || (typeof child === 'object' && child !== null)) return false;
    if (typeof child === 'number' && !Number.isFinite(child)) return false;
    strings += typeof child === 'string' ? 2 : 1;
  }
  // A key that is given twice is once in the tree, but its quotation marks are all in the text.
  return text.isWellFormed() && quotationMarksOf(text) === 2 * strings;
}

function quotationMarksOf(text: string): number {
  let marks = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) marks += 1;
  return marks;
}

function inspect(value: unknown, text: string): JsonReading {
  const keys: string[] = [];
  const pending: Place[] = [{ value, key: 'body', parent: null, depth: 0 }];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const complaint = complaintAbout(place);
    if (complaint !== null) {
      return refuse(pathOf(place), complaint);
    }
    if (typeof place.value !== 'object' || place.value === null) {
      continue;
    }
    const isArray = Array.isArray(place.value);
    for (const [name, child] of Object.entries(place.value)) {
      const key = isArray ? Number(name) : name;
      if (!isArray) {
        keys.push(name);
      }
      pending.push({ value: child, key, parent: place, depth: place.depth + 1 });
    }
  }
  const duplicate = duplicateKey(text, keys);
  return duplicate === null ? { value } : refuse(duplicate, 'is given twice in one object; give it once');
}

function complaintAbout({ value, key, depth }: Place): string | null {
  if (typeof key === 'string' && RESERVED_NAMES.has(key)) return 'is not a known field';
  if (typeof key === 'string' && !isStorable(key)) return 'has a name that is not well-formed text';
  if (typeof value === 'string' && !isStorable(value)) {
    return value.includes('\0')
      ? 'must not contain the character NUL (\\u0000)'
      : 'must be well-formed Unicode: it has half of a surrogate pair';
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return 'is a number too large to be represented';
  if (typeof value === 'object' && depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} levels deep`;
  return null;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Parsing keeps one of several equal keys, so a key that the text has more often than the tree is a duplicate. */
function duplicateKey(text: string, keysOfTree: readonly string[]): string | null {
  const keysOfText = [...text.matchAll(STRING_TOKEN)].filter((token) => token[1] !== undefined);
  if (keysOfText.length === keysOfTree.length) {
    return null;
  }
  const left = new Map<string, number>();
  for (const key of keysOfTree) {
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  for (const token of keysOfText) {
    const key = JSON.parse(token[0].slice(0, token[0].lastIndexOf('"') + 1)) as string;
    const count = left.get(key) ?? 0;
    if (count === 0) return key;
    left.set(key, count - 1);
  }
  return 'body';
}

function pathOf(place: Place): string {
  const keys: (string | number)[] = [];
  for (let at: Place | null = place; at?.parent; at = at.parent) {
    keys.unshift(at.key);
  }
  const path = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  // A name that was sent may be anything; the answer must stay short and well-formed.
  return path === ''
    ? 'body'
    : path.replace(/^\./, '').toWellFormed().replaceAll('\0', '\ufffd').slice(0, 200);
}

function refuse(field: string, message: string): JsonReading {
  return { error: { field, message } };
}
