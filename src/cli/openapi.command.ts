import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../platform/config/index.js';
import { describeModule, openApiText } from '../platform/openapi/index.js';

/** Settings that are never used: describing the routes starts nothing that stands on them. */
const NOWHERE = {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  AUTH_JWT_SECRET: 'describing routes signs no tokens',
};

/** `openapi`: the description of all routes, as the committed openapi.json holds it. */
export function registerOpenApiCommand(program: Command): void {
  program
    .command('openapi')
    .description('print the OpenAPI document of this version')
    .option('--out <file>', 'write it to a file instead')
    .action(async ({ out }: { out?: string }) => {
      const config = loadConfig(NOWHERE);
      const database = { serviceUrl: NOWHERE.DATABASE_URL, ownerUrl: NOWHERE.DATABASE_URL };
      const document = await describeModule(AppModule.forRuntime({ config, database }));
      if (out === undefined) process.stdout.write(openApiText(document));
      else await writeFile(out, openApiText(document));
    });
}
