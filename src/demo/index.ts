import type { INestApplicationContext } from '@nestjs/common';

export { DEMO_BRAND } from './brand.js';

/**
 * Fills an empty database with the demo platform and shows its report.
 *
 * @returns a function that prints the guide to the demo; call it when the server listens at the given address
 * @throws StartupError if the database contains other data
 */
export async function runDemo(app: INestApplicationContext): Promise<(baseUrl: string) => void> {
  // Imported late, so that an invalid start fails at once.
  const { welcome } = await import('./welcome.js');
  return welcome(app, process.stdout, BigInt(Date.now()) * 1_000n);
}
