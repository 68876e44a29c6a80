/** The addresses of the page's areas; those that have a page for each of their things are also served below. */
export const AREA_PATHS = [
  '/revenue',
  '/modules{/:id}',
  '/customers{/:id}',
  '/signals',
  '/data',
  '/audit',
  '/statements{/:id}',
  '/settings{/:id}',
  '/credits',
];
