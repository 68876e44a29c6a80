/** Values that statements contain: decimals, ids and instants are texts. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/**
 * The canonical text of a value (RFC 8785, JCS): names sorted by UTF-16 code units, no spaces. Numbers are whole numbers,
 * because all decimals are texts.
 *
 * @throws RangeError for another number, and for a text with half a surrogate pair, which has no UTF-8
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number.`);
    return String(value === 0 ? 0 : value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const names = Object.keys(value).sort(byCodeUnits);
  return `{${names.map((name) => `${canonicalText(name)}:${canonicalJson(value[name] as JsonValue)}`).join(',')}}`;
}

/** JSON.stringify escapes exactly what RFC 8785, 3.2.2.2 escapes. */
function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('A text contains half a surrogate pair.');
  return JSON.stringify(text);
}

function isList(value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : 1;
}
