/** The names of modules and partners that the filter contains, from the lists that were read, or asked for by their ids. */

import { signal } from '@preact/signals';
import { answerOf, api } from '../../api/client.js';

type Kind = 'module' | 'partner';

const labels = signal<ReadonlyMap<string, string>>(new Map());
const asked = new Set<string>();

/** Remembers names that some list contained. */
export function rememberLabels(
  kind: Kind,
  items: readonly { readonly id: string; readonly label: string }[],
): void {
  labels.value = new Map([
    ...labels.value,
    ...items.map(({ id, label }) => [`${kind} ${id}`, label] as const),
  ]);
}

/** The name, if some list contained it. */
export function knownLabel(kind: Kind, id: string): string | undefined {
  return labels.value.get(`${kind} ${id}`);
}

/** The name, as soon as it is known; until then, and if it cannot be read, the id. */
export function labelOf(kind: Kind, id: string): string {
  const known = knownLabel(kind, id);
  if (known === undefined) void ask(kind, id);
  return known ?? id;
}

async function ask(kind: Kind, id: string): Promise<void> {
  if (asked.has(`${kind} ${id}`)) return;
  asked.add(`${kind} ${id}`);
  try {
    rememberLabels(kind, [{ id, label: await (kind === 'module' ? moduleName(id) : partnerName(id)) }]);
  } catch {
    asked.delete(`${kind} ${id}`);
  }
}

async function moduleName(id: string): Promise<string> {
  return (await answerOf(api.GET('/api/modules/{id}', { params: { path: { id } } }))).name;
}

async function partnerName(id: string): Promise<string> {
  const { name, email } = await answerOf(api.GET('/api/users/{id}', { params: { path: { id } } }));
  return name ?? email ?? id;
}
