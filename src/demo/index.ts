import type { INestApplicationContext } from '@nestjs/common';

/**
 * Fills an empty database with the demo platform and shows its report.
 *
 * @returns what prints the guide to the demo, once the server listens at the given address
 * @throws StartupError where the database holds something else
 */
export async function runDemo(app: INestApplicationContext): Promise<(baseUrl: string) => void> {
  // Loaded late: a start that is refused should be refused at once.
  const { welcome } = await import('./welcome.js');
  return welcome(app, process.stdout, BigInt(Date.now()) * 1_000n);
}
