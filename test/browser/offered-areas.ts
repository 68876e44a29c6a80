import type { PageWorld } from '../support/page-world.js';

/** The areas of the navigation that a table of tests leaves out. @param addresses of the areas that it has */
export async function areasLeftOut(world: PageWorld, addresses: readonly string[]): Promise<string[]> {
  const known = new Set(addresses.map((address) => `/${/^\/(\w*)/.exec(address)?.[1] ?? ''}`));
  const offered = new Set<string>();
  for (const person of ['admin', 'user'] as const) {
    const page = await world.visit(person);
    const links = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
    for (const link of await links.all()) {
      offered.add(new URL((await link.getAttribute('href')) ?? '', world.url).pathname);
    }
    await page.close();
  }
  return [...offered].filter((path) => !known.has(path));
}
