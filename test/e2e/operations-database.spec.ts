import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { Command } from '../support/command.js';
import { ensureCompiled, ROOT } from '../support/compiled.js';
import { createTestDatabase } from '../support/database.js';
import { BINARIES } from '../support/debian-postgres.js';
import { giveToPostgres, hasPostgres15, Postgres15 } from '../support/postgres-15.js';
import { TEST_JWT_SECRET } from '../support/tokens.js';

const TEST_TIMEOUT_MS = 360_000;
const HISTORY = join(ROOT, 'docs', 'example.ndjson');

/** Skipped if Debian's PostgreSQL 15 is not installed; in CI it must be installed. */
const describeWithDebian = hasPostgres15 || process.env['CI'] ? describe : describe.skip; // needs PostgreSQL 15

async function run(
  env: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const command = new Command({ AUTH_JWT_SECRET: TEST_JWT_SECRET, ...env }, args);
  const code = await command.ended();
  return { code, stdout: command.stdout, stderr: command.stderr };
}

function urls({ ownerUrl, serviceUrl }: { ownerUrl: string; serviceUrl: string }): NodeJS.ProcessEnv {
  return { DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl };
}

describeWithDebian('dump and restore of an external database (skipped without PostgreSQL 15)', () => {
  let postgres: Postgres15;
  let folder: string;

  beforeAll(async () => {
    await ensureCompiled();
    folder = mkdtempSync(join(tmpdir(), 'pmr-dump-'));
    postgres = await Postgres15.start();
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const tool = (name: string, ...args: string[]): Promise<unknown> =>
    promisify(execFile)(join(BINARIES, name), args);

  it(
    'restore everything with both roles, and the ledger remains append-only',
    async () => {
      const old = await postgres.createDatabase('pmr');
      expect((await run(urls(old), 'import', HISTORY)).code).toBe(0);
      const before = await run(urls(old), 'verify');
      const dump = join(folder, 'pmr.dump');
      await tool('pg_dump', '--format=custom', `--file=${dump}`, old.ownerUrl);

      const restored = await postgres.createDatabase('restored');
      await tool('pg_restore', '--exit-on-error', '--no-owner', `--dbname=${restored.ownerUrl}`, dump);
      const after = await run(urls(restored), 'verify');
      expect(after).toEqual(before);
      expect(after.code).toBe(0);
      expect((await run(urls(restored), 'import', HISTORY)).stdout).toMatch(/0 added +\d+ known/);

      for (const [url, error] of [
        [restored.serviceUrl, /permission denied/],
        [restored.ownerUrl, /append-only/],
      ] as const) {
        const client = new Client({ connectionString: url });
        await client.connect();
        await expect(client.query('UPDATE credit_entries SET credits = 1')).rejects.toThrow(error);
        await client.end();
      }
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'need a pg_dump that is at least as new as the server',
    async () => {
      const newer = await createTestDatabase();
      try {
        await expect(tool('pg_dump', newer.ownerUrl)).rejects.toThrow(/server version mismatch/);
      } finally {
        await newer.drop();
      }
    },
    TEST_TIMEOUT_MS,
  );
});

describeWithDebian('an encrypted connection to the database (skipped without PostgreSQL 15)', () => {
  let postgres: Postgres15;
  let folder: string;
  let addresses: { ownerUrl: string; serviceUrl: string };

  beforeAll(async () => {
    await ensureCompiled();
    folder = mkdtempSync(join(tmpdir(), 'pmr-tls-'));
    makeAuthority(folder, 'ours');
    makeAuthority(folder, 'foreign');
    postgres = await Postgres15.start(
      ['ssl = on', "ssl_cert_file = '../server.crt'", "ssl_key_file = '../server.key'"],
      (place) => makeCertificate(folder, place),
    );
    addresses = await postgres.createDatabase('pmr');
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const withTls = (parameters: string, host = 'localhost'): NodeJS.ProcessEnv =>
    urls({
      ownerUrl: `${addresses.ownerUrl.replace('localhost', host)}?${parameters}`,
      serviceUrl: `${addresses.serviceUrl.replace('localhost', host)}?${parameters}`,
    });

  it(
    'verifies the certificate with a private authority, and the host name',
    async () => {
      const ours = `sslmode=verify-full&sslrootcert=${join(folder, 'ours.crt')}`;
      expect(await run(withTls(ours), 'import', HISTORY)).toMatchObject({ code: 0 });
      expect(await run(withTls(ours), 'verify')).toMatchObject({ code: 0 });

      const refusals = [
        [
          withTls(`sslmode=verify-full&sslrootcert=${join(folder, 'foreign.crt')}`),
          /The encrypted connection to PostgreSQL at \S+ failed \(.*(unable to|signed)/,
        ],
        [
          withTls('sslmode=verify-full'),
          /The encrypted connection to PostgreSQL at \S+ failed \(.*(unable to|signed)/,
        ],
        [withTls(ours, '127.0.0.1'), /The encrypted connection to PostgreSQL at \S+ failed \(.*altnames/],
        [
          withTls(`sslmode=verify-full&sslrootcert=${join(folder, 'none.crt')}`),
          /none\.crt .*cannot be read/,
        ],
        [withTls('sslmode=verify_full'), /sslmode/],
      ] as const;
      for (const [env, sentence] of refusals) {
        const { code, stderr } = await run(env, 'verify');
        expect(code).toBe(1);
        // One line, without retries of a permanent error, and without a password.
        expect(stderr).toMatch(/^[^\n]+\n$/);
        expect(stderr).toMatch(sentence);
        expect(stderr).not.toContain(':s@');
      }
    },
    TEST_TIMEOUT_MS,
  );
});

const openssl = (folder: string, ...args: string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });

function makeAuthority(folder: string, name: string): void {
  const subject = ['-subj', `/CN=${name}`, '-days', '2', '-nodes'];
  openssl(
    folder,
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    ...subject,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
  );
}

/** Creates a server certificate for the host localhost, signed by our authority. */
function makeCertificate(authority: string, place: string): void {
  const [key, request, certificate] = ['key', 'csr', 'crt'].map((ending) => join(place, `server.${ending}`));
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-nodes'];
  openssl(
    authority,
    'req',
    '-newkey',
    'rsa:2048',
    ...subject,
    '-keyout',
    key as string,
    '-out',
    request as string,
  );
  const signing = [
    '-CA',
    'ours.crt',
    '-CAkey',
    'ours.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-copy_extensions',
    'copy',
  ];
  openssl(authority, 'x509', '-req', '-in', request as string, ...signing, '-out', certificate as string);
  execFileSync('chmod', ['600', key as string]);
  giveToPostgres(key as string, certificate as string);
}
