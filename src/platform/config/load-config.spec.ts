import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './load-config.js';
import { StartupError } from './startup-error.js';

const SECRET = 'x'.repeat(32);
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const DATABASE_URL = 'postgres://service:secret@db.example.com:5432/pmr';

describe('loadConfig', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pmr-config-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('needs no variable: the embedded database, port 3000, a generated secret', () => {
    const config = loadConfig({ DATA_DIR: folder });
    const secretFile = join(folder, 'jwt-secret');
    expect(config).toEqual({
      environment: 'development',
      port: 3000,
      dataDirectory: folder,
      database: { kind: 'embedded' },
      databaseWait_seconds: 60,
      auth: {
        key: { kind: 'secret', secret: readFileSync(secretFile, 'utf8') },
        issuer: null,
        audience: null,
        rolesClaim: 'roles',
        roleFlags: [],
      },
      corsOrigins: [],
      trustedProxies: [],
      transfers: { stall_seconds: 30, exportMax_seconds: 3_600 },
      brand: { name: 'Module Revenue', accent: null, logo: null },
      logLevel: 'info',
      metricsToken: null,
      servesApiDocs: true,
      shutdownGrace_seconds: 3,
    });
    expect(statSync(secretFile).mode & 0o777).toBe(0o600);
    expect(loadConfig({ DATA_DIR: folder })).toEqual(config);
  });

  it('reads every variable', () => {
    const logo = join(folder, 'logo.png');
    writeFileSync(logo, PNG);
    expect(
      loadConfig({
        NODE_ENV: 'production',
        PORT: '8080',
        DATA_DIR: folder,
        DATABASE_URL,
        DATABASE_OWNER_URL: DATABASE_URL.replace('service', 'owner'),
        DATABASE_REPLICA_URLS:
          'postgres://service:secret@one.example.com/pmr, postgres://service:a%2Cb@[::1]:5433/pmr',
        DATABASE_WAIT_SECONDS: '5',
        AUTH_JWKS_URI: 'https://id.example.com/jwks',
        AUTH_ISSUER: 'https://id.example.com',
        AUTH_AUDIENCE: 'revenue',
        AUTH_ROLES_CLAIM: 'https://example.com/roles',
        AUTH_ROLE_FLAGS: 'isPartner=partner, https://example.com/is?a=admin=admin',
        CORS_ORIGINS: 'https://app.example.com, http://localhost:5173',
        TRUSTED_PROXIES: 'loopback,10.0.0.0/8,fd00::/8,192.0.2.1',
        TRANSFER_STALL_SECONDS: '20',
        EXPORT_MAX_SECONDS: '600',
        PLATFORM_NAME: 'Plattform «Nord»',
        PLATFORM_LOGO: logo,
        PLATFORM_ACCENT: '#A1b2C3',
        LOG_LEVEL: 'debug',
        METRICS_TOKEN: 'metrics-token-1234',
        API_DOCS: 'on',
        SHUTDOWN_GRACE_SECONDS: '10',
      }),
    ).toEqual({
      environment: 'production',
      port: 8080,
      dataDirectory: folder,
      database: {
        kind: 'external',
        serviceUrl: DATABASE_URL,
        ownerUrl: DATABASE_URL.replace('service', 'owner'),
        replicaUrls: [
          'postgres://service:secret@one.example.com/pmr',
          'postgres://service:a%2Cb@[::1]:5433/pmr',
        ],
      },
      databaseWait_seconds: 5,
      auth: {
        key: { kind: 'jwks', uri: 'https://id.example.com/jwks' },
        issuer: 'https://id.example.com',
        audience: 'revenue',
        rolesClaim: 'https://example.com/roles',
        roleFlags: [
          { claim: 'isPartner', role: 'partner' },
          { claim: 'https://example.com/is?a=admin', role: 'admin' },
        ],
      },
      corsOrigins: ['https://app.example.com', 'http://localhost:5173'],
      trustedProxies: ['loopback', '10.0.0.0/8', 'fd00::/8', '192.0.2.1'],
      transfers: { stall_seconds: 20, exportMax_seconds: 600 },
      brand: { name: 'Plattform «Nord»', accent: '#a1b2c3', logo: { extension: 'png', content: PNG } },
      logLevel: 'debug',
      metricsToken: 'metrics-token-1234',
      servesApiDocs: true,
      shutdownGrace_seconds: 10,
    });
  });

  it('serves no API documentation in production, unless API_DOCS is on', () => {
    const served = (env: NodeJS.ProcessEnv): boolean =>
      loadConfig({ DATA_DIR: folder, AUTH_JWT_SECRET: SECRET, ...env }).servesApiDocs;
    expect([served({}), served({ API_DOCS: 'off' })]).toEqual([true, false]);
    expect([served({ NODE_ENV: 'production' }), served({ NODE_ENV: 'production', API_DOCS: 'on' })]).toEqual([
      false,
      true,
    ]);
  });

  it('treats an empty variable as absent', () => {
    const config = loadConfig({ DATA_DIR: folder, PORT: '', DATABASE_URL: '', AUTH_JWT_SECRET: '' });
    expect(config).toMatchObject({ port: 3000, database: { kind: 'embedded' } });
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    [
      'DATABASE_URL has the sslmode verify_full; write verify-full, no-verify or disable',
      { DATABASE_URL: `${DATABASE_URL}?sslmode=verify_full` },
    ],
    [
      'DATABASE_URL has /no/ca.pem as its sslrootcert, which cannot be read (ENOENT)',
      { DATABASE_URL: `${DATABASE_URL}?sslmode=verify-full&sslrootcert=/no/ca.pem` },
    ],
    [
      'DATABASE_REPLICA_URLS has /no/key as its sslkey, which cannot be read (ENOENT), at position 2',
      { DATABASE_URL, DATABASE_REPLICA_URLS: `postgres://a:b@one/pmr,postgres://a:b@two/pmr?sslkey=/no/key` },
    ],
    ['PORT must be a whole number from 0 to 65535', { PORT: '65536' }],
    ['PORT must be a whole number from 0 to 65535', { PORT: '3e3' }],
    ['NODE_ENV must be one of development, test, production', { NODE_ENV: 'staging' }],
    ['LOG_LEVEL must be one of', { LOG_LEVEL: 'loud' }],
    ['METRICS_TOKEN must have at least 16', { METRICS_TOKEN: 'short' }],
    ['PLATFORM_NAME must be a name of 1 to 60 characters', { PLATFORM_NAME: 'x'.repeat(61) }],
    ['PLATFORM_NAME must be a name of 1 to 60 characters', { PLATFORM_NAME: 'left\u202eright' }],
    ['PLATFORM_ACCENT must be a colour of six', { PLATFORM_ACCENT: 'red' }],
    ['PLATFORM_LOGO is /no/logo.svg, which cannot be read (ENOENT)', { PLATFORM_LOGO: '/no/logo.svg' }],
    ['the name of a logo must end with .svg or .png', { PLATFORM_LOGO: '/no/logo.gif' }],
    ['API_DOCS must be on or off', { API_DOCS: 'yes' }],
    ['SHUTDOWN_GRACE_SECONDS must be a whole number from 0 to 300', { SHUTDOWN_GRACE_SECONDS: '301' }],
    ['SHUTDOWN_GRACE_SECONDS must be a whole number from 0 to 300', { SHUTDOWN_GRACE_SECONDS: '-1' }],
    ['DATABASE_URL must look like postgres://', { DATABASE_URL: 'mysql://x', AUTH_JWT_SECRET: SECRET }],
    ['DATABASE_OWNER_URL is set without DATABASE_URL', { DATABASE_OWNER_URL: DATABASE_URL }],
    ['DATABASE_REPLICA_URLS is set without DATABASE_URL', { DATABASE_REPLICA_URLS: DATABASE_URL }],
    [
      'DATABASE_REPLICA_URLS has no valid address at position 2; write postgres://',
      { DATABASE_URL, DATABASE_REPLICA_URLS: `${DATABASE_URL},db2:5432`, AUTH_JWT_SECRET: SECRET },
    ],
    [
      'DATABASE_REPLICA_URLS contains db.example.com:5432 twice',
      { DATABASE_URL, DATABASE_REPLICA_URLS: `${DATABASE_URL},${DATABASE_URL}`, AUTH_JWT_SECRET: SECRET },
    ],
    ['AUTH_JWT_SECRET has 31 bytes; it needs at least 32', { AUTH_JWT_SECRET: 'x'.repeat(31) }],
    ['AUTH_JWT_SECRET is not set. With NODE_ENV=production', { NODE_ENV: 'production' }],
    ['AUTH_JWT_SECRET is not set. With DATABASE_URL', { DATABASE_URL }],
    ['both set', { AUTH_JWT_SECRET: SECRET, AUTH_JWKS_URI: 'https://id.example.com/jwks' }],
    ['AUTH_JWKS_URI must be the https address', { AUTH_JWKS_URI: 'id.example.com' }],
    [
      'AUTH_ROLE_FLAGS contains "isBoss=boss"; write claims and roles (user,',
      { AUTH_ROLE_FLAGS: 'isBoss=boss' },
    ],
    ['AUTH_ROLE_FLAGS contains "isPartner"', { AUTH_ROLE_FLAGS: 'isAdmin=admin,isPartner' }],
    ['CORS_ORIGINS contains "https://a.example/path"', { CORS_ORIGINS: 'https://a.example/path' }],
    ['CORS_ORIGINS contains "*"', { CORS_ORIGINS: '*' }],
    ['TRUSTED_PROXIES contains "10.0.0.0/33"', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['TRUSTED_PROXIES contains "everyone"', { TRUSTED_PROXIES: 'everyone' }],
  ])('refuses to start: %s', (complaint, env) => {
    const load = (): unknown => loadConfig({ DATA_DIR: folder, ...env });
    expect(load).toThrow(StartupError);
    expect(load).toThrow(complaint);
  });

  it.each([
    ['logo.svg', PNG, 'whose content is not an SVG document'],
    ['logo.svg', '<html><svg></svg></html>', 'whose content is not an SVG document'],
    ['logo.png', '<svg/>', 'whose content is not a PNG image'],
    ['logo.png', Buffer.concat([PNG, Buffer.alloc(262_144)]), 'which has 262154 bytes; the limit is 262144'],
  ])('refuses a logo %s with another content', (name, content, complaint) => {
    const path = join(folder, name);
    writeFileSync(path, content);

    expect(() => loadConfig({ DATA_DIR: folder, PLATFORM_LOGO: path })).toThrow(complaint);
  });

  it('counts the bytes of a secret, not its characters', () => {
    expect(() => loadConfig({ DATA_DIR: folder, AUTH_JWT_SECRET: 'é'.repeat(16) })).not.toThrow();
  });

  it('lists all wrong variables on one line', () => {
    const load = (): unknown => loadConfig({ DATA_DIR: folder, PORT: 'x', LOG_LEVEL: 'x' });
    expect(load).toThrow(/^PORT [^\n]*; LOG_LEVEL [^\n]*\.$/);
  });

  it('reports a damaged secret instead of using it', () => {
    writeFileSync(join(folder, 'jwt-secret'), 'torn');
    expect(() => loadConfig({ DATA_DIR: folder })).toThrow(/jwt-secret is damaged/);
  });
});
