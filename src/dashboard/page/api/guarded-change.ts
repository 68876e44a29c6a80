/** A change of a thing without an ETag, so that it does not overwrite what somebody else changed meanwhile. */

export type Change<T> =
  | { readonly kind: 'saved'; readonly now: T }
  /** Nothing was sent: these fields have other values than those that were seen. */
  | { readonly kind: 'meanwhile'; readonly now: T; readonly fields: readonly (keyof T)[] };

/**
 * Reads the thing again, and saves the change if each of its fields still has the value that was seen, or already has
 * the wanted one: a repetition after a lost answer finds its own change. Between the two requests somebody else can
 * still change it, because the service has no `If-Match` there.
 */
export async function guardedChange<T extends object>(
  { seen, wanted }: { readonly seen: T; readonly wanted: Partial<T> },
  read: () => Promise<T>,
  save: () => Promise<T>,
): Promise<Change<T>> {
  const now = await read();
  const fields = (Object.keys(wanted) as (keyof T)[]).filter(
    (field) => !isSame(now[field], seen[field]) && !isSame(now[field], wanted[field]),
  );
  return fields.length > 0 ? { kind: 'meanwhile', now, fields } : { kind: 'saved', now: await save() };
}

/** The fields of `wanted` that differ from what was seen. */
export function changesOf<T extends object>(seen: T, wanted: Partial<T>): Partial<T> {
  const changed = Object.entries(wanted).filter(([field, value]) => !isSame(seen[field as keyof T], value));
  return Object.fromEntries(changed) as Partial<T>;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
