/** Views that a user has saved under a name, on this device. An address contains nothing secret. */

import { signal } from '@preact/signals';

export interface SavedView {
  readonly name: string;
  /** The query and the fragment of the address. */
  readonly address: string;
}

const KEY = 'module-revenue-views';
const MOST_VIEWS = 50;

type ViewsByUser = Readonly<Record<string, readonly SavedView[]>>;

const all = signal<ViewsByUser>(remembered());

export function viewsOf(userId: string): readonly SavedView[] {
  return all.value[userId] ?? [];
}

/** A view of the same name is replaced. */
export function saveView(userId: string, view: SavedView): void {
  const others = viewsOf(userId).filter(({ name }) => name !== view.name);
  store(userId, [view, ...others].slice(0, MOST_VIEWS));
}

export function removeView(userId: string, name: string): void {
  store(
    userId,
    viewsOf(userId).filter((view) => view.name !== name),
  );
}

function store(userId: string, views: readonly SavedView[]): void {
  all.value = { ...all.value, [userId]: views };
  try {
    localStorage.setItem(KEY, JSON.stringify(all.value));
  } catch {
    // The browser allows no storage: the views are there until the page is closed.
  }
}

function remembered(): ViewsByUser {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as ViewsByUser;
  } catch {
    return {};
  }
}
