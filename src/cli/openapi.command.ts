import { writeFile } from 'node:fs/promises';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../platform/config/index.js';
import { describeModule, openApiText } from '../platform/openapi/index.js';

/** Required settings that are never used, because no provider is created. */
const NOWHERE = {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  AUTH_JWT_SECRET: 'describing routes signs no tokens',
};

/**
 * Prints the OpenAPI document of all routes; the committed openapi.json has the same text.
 *
 * @param out file to write; default: standard output
 */
export async function describeRoutes({ out }: { readonly out?: string }): Promise<void> {
  const config = loadConfig(NOWHERE);
  const database = { serviceUrl: NOWHERE.DATABASE_URL, ownerUrl: NOWHERE.DATABASE_URL };
  const document = await describeModule(AppModule.forRuntime({ config, database }));
  if (out === undefined) process.stdout.write(openApiText(document));
  else await writeFile(out, openApiText(document));
}
