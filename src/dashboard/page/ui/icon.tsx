import type { JSX } from 'preact';

/** Lines on a field of 20 by 20. */
const ICONS = {
  account: 'M10 10a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3.5 17c.4-3.200 3-5 6.5-5s6.100 1.800 6.5 5',
  bookmark: 'M5.5 3.5h9v13l-4.5-3.5-4.5 3.5z',
  calendar: 'M4 6.5h12M6.5 3v3M13.5 3v3M4 5h12v11H4z',
  check: 'M4.5 10.5l3.5 3.5 7.5-8',
  chevron: 'M6 8l4 4 4-4',
  close: 'M5 5l10 10M15 5L5 15',
  columns: 'M3.5 4h13v12h-13zM8 4v12M12.5 4v12',
  copy: 'M7 7h9v9.5H7zM4 13V3.5h9',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
  edit: 'M4 16l1-4 8-8 3 3-8 8zM11.5 5.5l3 3',
  globe: 'M10 3a7 7 0 100 14 7 7 0 000-14zM3 10h14M10 3c-4 4-4 10 0 14M10 3c4 4 4 10 0 14',
  layers: 'M10 3l7 4-7 4-7-4zM3 11l7 4 7-4',
  more: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
  next: 'M8 5l5 5-5 5',
  offline:
    'M3 3l14 14M5 12a7 7 0 012-1.5M13 10.5a7 7 0 012 1.5M10 16v.1M2.5 9a10 10 0 013-2M17.5 9a10.5 10.5 0 00-6-3',
  people:
    'M7.5 9.5a3 3 0 100-6 3 3 0 000 6zM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 9.5a2.5 2.5 0 100-5M14 11.5c2.200.4 3.5 2.200 3.5 5',
  plus: 'M10 4v12M4 10h12',
  previous: 'M12 5l-5 5 5 5',
  print: 'M6 8V3.5h8V8M6 14H3.5V8h13v6H14M6 11.5h8v5H6z',
  search: 'M9 15A6 6 0 109 3a6 6 0 000 12zM13.5 13.5L17 17',
  upload: 'M10 13V4M6 7.5l4-4 4 4M4 16.5h12',
  warning: 'M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.3v.2',
} as const;

export type IconName = keyof typeof ICONS;

/** A symbol next to a text; screen readers do not read it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}
