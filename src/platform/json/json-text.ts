import type { FieldError } from '../problem/index.js';
import { RESERVED_NAMES } from './reserved-names.js';

/** Maximum nesting of objects and arrays; the contract's own bodies need 2. */
const MAX_DEPTH = 16;

/** Matches the string tokens of a valid JSON text; the group matches if the token is a key of an object. */
const STRING_TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/** A JSON value, or the reason of the refusal. */
export type JsonReading = { readonly value: unknown } | { readonly error: FieldError };

/** A node of the parsed tree; its path is computed only for an error. */
interface TreeNode {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: TreeNode | null;
  readonly depth: number;
}

/**
 * Reads JSON strictly. In addition to `JSON.parse`, it refuses text that parsers interpret differently or that would
 * change or get lost on the way to the database: duplicate and reserved keys, lone surrogates, NUL, numbers beyond a
 * double's range, and nesting that could exhaust a stack (RFC 8259, 4, 6, 8.2, 9; RFC 7493, I-JSON).
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
 * Whether a text is certainly free of all that `readJson` refuses: one flat object without a backslash, so that two
 * quotation marks delimit a string and no string contains NUL or a lone surrogate. Most lines of an import are so
 * simple; this check takes a quarter of the time of the full inspection.
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
  // The tree contains a duplicate key once; the text contains the quotation marks of both.
  return text.isWellFormed() && quotationMarksOf(text) === 2 * strings;
}

function quotationMarksOf(text: string): number {
  let marks = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) marks += 1;
  return marks;
}

function inspect(value: unknown, text: string): JsonReading {
  const keys: string[] = [];
  const pending: TreeNode[] = [{ value, key: 'body', parent: null, depth: 0 }];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const complaint = complaintAbout(node);
    if (complaint !== null) {
      return refuse(pathOf(node), complaint);
    }
    if (typeof node.value !== 'object' || node.value === null) {
      continue;
    }
    const isArray = Array.isArray(node.value);
    for (const [name, child] of Object.entries(node.value)) {
      const key = isArray ? Number(name) : name;
      if (!isArray) {
        keys.push(name);
      }
      pending.push({ value: child, key, parent: node, depth: node.depth + 1 });
    }
  }
  const duplicate = duplicateKey(text, keys);
  return duplicate === null ? { value } : refuse(duplicate, 'occurs twice in one object; send it once');
}

function complaintAbout({ value, key, depth }: TreeNode): string | null {
  if (typeof key === 'string' && RESERVED_NAMES.has(key)) return 'is not a known field';
  if (typeof key === 'string' && !isStorable(key)) return 'has a name that is not well-formed text';
  if (typeof value === 'string' && !isStorable(value)) {
    return value.includes('\0')
      ? 'must not contain the character NUL (\\u0000)'
      : 'must be well-formed Unicode: it has half of a surrogate pair';
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return 'is a number beyond the range of a double';
  if (typeof value === 'object' && depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} levels deep`;
  return null;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** The tree keeps one of several equal keys, so a key that occurs more often in the text is a duplicate. */
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

function pathOf(node: TreeNode): string {
  const keys: (string | number)[] = [];
  for (let at: TreeNode | null = node; at?.parent; at = at.parent) {
    keys.unshift(at.key);
  }
  const path = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  // A name from the request can contain anything; the answer must stay short and well-formed.
  return path === ''
    ? 'body'
    : path.replace(/^\./, '').toWellFormed().replaceAll('\0', '\ufffd').slice(0, 200);
}

function refuse(field: string, message: string): JsonReading {
  return { error: { field, message } };
}
