import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { ensureCompiled } from '../support/compiled.js';
import { DataFolder, ServiceProcess } from '../support/compiled-service.js';
import { createTestDatabase } from '../support/database.js';
import { relabelAsUnreleased } from '../support/unreleased.js';

const SECRET = 'a secret of the tests that has 32 bytes or more';

/** Starts the service, which must refuse with exit code 1; returns its single line on stderr. */
async function refusal(env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<string> {
  const service = new ServiceProcess(env, args);
  expect(await service.ended()).toBe(1);
  expect(service.stderr).toMatch(/^[^\n]+\n$/);
  return service.stderr.trim();
}

describe('npm start prints one line and ends with code 1 for:', () => {
  let folder: DataFolder;

  beforeAll(ensureCompiled, 180_000);
  beforeEach(() => (folder = new DataFolder()));
  afterEach(() => folder.remove());

  it('a port in use', async () => {
    const squatter: Server = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, resolve));
    const { port } = squatter.address() as AddressInfo;
    expect(await refusal({ DATA_DIR: folder.path, PORT: String(port) })).toBe(
      `Port ${port} is in use. Stop the program that uses it, or set PORT to another port (PORT=0 uses any free port).`,
    );
    expect(folder.serverPid()).toBeNull();
    squatter.close();
  });

  it('an unreachable database', async () => {
    const line = await refusal({
      DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c',
      DATABASE_WAIT_SECONDS: '0',
      AUTH_JWT_SECRET: SECRET,
    });
    expect(line).toBe(
      'The database at 127.0.0.1:1 cannot be reached (connect ECONNREFUSED 127.0.0.1:1). Start it, or check DATABASE_URL.',
    );
  });

  it('a wrong password, and a database that does not exist', async () => {
    const database = await createTestDatabase();
    const wrongPassword = new URL(database.serviceUrl);
    wrongPassword.password = 'wrong';
    const missing = new URL(database.serviceUrl);
    missing.pathname = '/missing';
    expect(await refusal({ DATABASE_URL: wrongPassword.href, AUTH_JWT_SECRET: SECRET })).toMatch(
      /refuses the role pmr_service .* check DATABASE_URL\.$/,
    );
    expect(await refusal({ DATABASE_URL: missing.href, AUTH_JWT_SECRET: SECRET })).toMatch(
      /has no database missing\. Create it, or check DATABASE_URL\.$/,
    );
    await database.drop();
  });

  it('a database whose encoding lacks characters', async () => {
    const database = await createTestDatabase({ migrated: false, encoding: 'LATIN1' });
    const env = { DATABASE_URL: database.serviceUrl, AUTH_JWT_SECRET: SECRET };
    expect(await refusal(env)).toMatch(
      / has the encoding LATIN1, .* Create a database with ENCODING 'UTF8', /,
    );
    await database.drop();
  });

  it('a database of a version before the first release', async () => {
    const database = await createTestDatabase();
    await relabelAsUnreleased(database.ownerUrl);
    expect(await refusal({ DATABASE_URL: database.ownerUrl, AUTH_JWT_SECRET: SECRET })).toBe(
      'The database was created before version 0.1.0 (it has run Users1700000001000) and cannot be migrated in place. Save it with npm run cli -- backup FILE, then restore it with restore FILE into an empty folder (DATA_DIR) or an empty database.',
    );
    await database.drop();
  });

  it('a role without the right to create tables', async () => {
    const database = await createTestDatabase({ migrated: false });
    expect(await refusal({ DATABASE_URL: database.serviceUrl, AUTH_JWT_SECRET: SECRET })).toMatch(
      /^The role pmr_service cannot change the schema .* set DATABASE_OWNER_URL to a role that can\.$/,
    );
    await database.drop();
  });

  it.each([
    ['production', { NODE_ENV: 'production' }],
    ['an external database', { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }],
  ])('a missing secret with %s', async (_case, env) => {
    expect(await refusal({ DATA_DIR: folder.path, ...env })).toMatch(
      /^AUTH_JWT_SECRET is not set\. .*openssl rand/,
    );
  });

  it('a weak secret in any environment', async () => {
    expect(await refusal({ DATA_DIR: folder.path, AUTH_JWT_SECRET: 'short' })).toMatch(
      /^AUTH_JWT_SECRET has 5 bytes; it needs at least 32\./,
    );
  });

  it('a data folder that is not a folder, or not writable', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    expect(await refusal({ DATA_DIR: file })).toMatch(
      /^The data folder .* cannot be used .* DATA_DIR to another folder\.$/,
    );
    if (process.getuid?.() === 0) return; // root can write anywhere.
    const locked = join(folder.path, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect(await refusal({ DATA_DIR: join(locked, 'data') })).toMatch(/^The data folder .* cannot be used/);
  });

  it('the demo on an external database that is not empty', async () => {
    const database = await createTestDatabase();
    const env = {
      DATABASE_URL: database.serviceUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      AUTH_JWT_SECRET: SECRET,
    };
    expect(await refusal(env, ['--demo'])).toMatch(/^The database of DATABASE_URL is not empty/);
    await database.drop();
  });
});
