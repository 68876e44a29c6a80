import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { SCHEMA } from '../../migrations/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import {
  addressOf,
  MAINTENANCE_DATABASE,
  OWNER_ROLE,
  SERVICE_ROLE,
  SUPERUSER,
  type RunningServer,
} from '../../src/platform/database/embedded/index.js';
import { withTestServer } from './test-cluster.js';

const TEMPLATE = 'pmr_template';

/** A database for one test file, migrated and empty. */
export interface TestDatabase {
  readonly name: string;
  /** Address with the role that the service uses for requests. */
  readonly serviceUrl: string;
  /** Address with the role that owns the tables. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/**
 * Creates a migrated, empty database on this Jest run's PostgreSQL. The first call starts the server, in about a
 * second; each further database is a copy, in about 50 ms.
 *
 * @example let database: TestDatabase; beforeAll(async () => (database = await createTestDatabase())); afterAll(() =>
 *   database.drop());
 */
export function createTestDatabase(
  options: { readonly migrated?: boolean; readonly encoding?: string } = {},
): Promise<TestDatabase> {
  return withTestServer(async (server) => {
    const name = `test_${randomBytes(6).toString('hex')}`;
    await asSuperuser(server, async (client) => {
      const isMigrated = options.migrated ?? true;
      if (isMigrated) await ensureTemplate(server, client);
      const others = `TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' ENCODING ${options.encoding ?? 'UTF8'}`;
      await client.query(
        `CREATE DATABASE ${name} OWNER ${OWNER_ROLE} ${isMigrated ? `TEMPLATE ${TEMPLATE}` : others}`,
      );
    });
    const { ownerUrl, serviceUrl } = urlsOf(server, name);
    return {
      name,
      ownerUrl,
      serviceUrl,
      drop: () =>
        asSuperuser(
          server,
          async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
        ),
    };
  });
}

/** Migrates the template once per Jest run; the template gets its name only when it is complete. */
async function ensureTemplate(server: RunningServer, client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [TEMPLATE]);
  if (rowCount === 1) return;
  const draft = `${TEMPLATE}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${draft} OWNER ${OWNER_ROLE}`);
  await migrate(urlsOf(server, draft).ownerUrl, SERVICE_ROLE, SCHEMA);
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${TEMPLATE}`);
}

function urlsOf(
  { postmaster, credentials }: RunningServer,
  name: string,
): { ownerUrl: string; serviceUrl: string } {
  return {
    ownerUrl: addressOf(OWNER_ROLE, credentials.ownerPassword, postmaster.port, name),
    serviceUrl: addressOf(SERVICE_ROLE, credentials.servicePassword, postmaster.port, name),
  };
}

async function asSuperuser<T>(server: RunningServer, work: (client: Client) => Promise<T>): Promise<T> {
  const { postmaster, credentials } = server;
  const client = new Client({
    connectionString: addressOf(
      SUPERUSER,
      credentials.superuserPassword,
      postmaster.port,
      MAINTENANCE_DATABASE,
    ),
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
