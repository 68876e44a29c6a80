import { writeFile } from 'node:fs/promises';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../platform/config/index.js';
import { describeModule, openApiText } from '../platform/openapi/index.js';

/** Settings that are never used: describing the routes starts nothing that stands on them. */
const NOWHERE = {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  AUTH_JWT_SECRET: 'describing routes signs no tokens',
};

/**
 * The description of all routes, as the committed openapi.json holds it.
 *
 * @param out absent: standard output
 */
export async function describeRoutes({ out }: { readonly out?: string }): Promise<void> {
  const config = loadConfig(NOWHERE);
  const database = { serviceUrl: NOWHERE.DATABASE_URL, ownerUrl: NOWHERE.DATABASE_URL };
  const document = await describeModule(AppModule.forRuntime({ config, database }));
  if (out === undefined) process.stdout.write(openApiText(document));
  else await writeFile(out, openApiText(document));
}
