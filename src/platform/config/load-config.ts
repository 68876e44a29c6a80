import 'reflect-metadata';
import { resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { brandOf } from './brand.js';
import type { Config, DatabaseConfig, TokenKeyConfig } from './config.js';
import { EnvironmentVariables, roleFlagsOf, splitList, VARIABLE_NAMES } from './environment-variables.js';
import { generatedSecret } from './generated-secret.js';
import { StartupError } from './startup-error.js';

/**
 * Reads and checks all settings. For the embedded database without a key for tokens, it also creates the signing secret
 * in the data folder, once.
 *
 * @param env the environment variables, usually `process.env`
 * @throws StartupError that names every wrong variable
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const variables = parse(env);
  const dataDirectory = resolve(variables.DATA_DIR);
  const database = databaseOf(variables);
  return {
    environment: variables.NODE_ENV,
    port: variables.PORT,
    dataDirectory,
    database,
    databaseWait_seconds: variables.DATABASE_WAIT_SECONDS,
    auth: {
      key: tokenKeyOf(variables, database, dataDirectory),
      issuer: variables.AUTH_ISSUER ?? null,
      audience: variables.AUTH_AUDIENCE ?? null,
      rolesClaim: variables.AUTH_ROLES_CLAIM,
      roleFlags: roleFlagsOf(variables.AUTH_ROLE_FLAGS),
    },
    corsOrigins: splitList(variables.CORS_ORIGINS),
    trustedProxies: splitList(variables.TRUSTED_PROXIES),
    transfers: {
      stall_seconds: variables.TRANSFER_STALL_SECONDS,
      exportMax_seconds: variables.EXPORT_MAX_SECONDS,
    },
    brand: brandOf(variables),
    logLevel: variables.LOG_LEVEL,
    metricsToken: variables.METRICS_TOKEN ?? null,
    servesApiDocs: (variables.API_DOCS ?? (variables.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
    shutdownGrace_seconds: variables.SHUTDOWN_GRACE_SECONDS,
  };
}

function parse(env: NodeJS.ProcessEnv): EnvironmentVariables {
  const given = VARIABLE_NAMES.filter((name) => (env[name] ?? '') !== '').map(
    (name) => [name, env[name]] as const,
  );
  const variables = plainToInstance(EnvironmentVariables, Object.fromEntries(given), {
    exposeDefaultValues: true,
  });
  const complaints = validateSync(variables, { stopAtFirstError: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  if (complaints.length > 0) throw new StartupError(`${complaints.join('; ')}.`);
  return variables;
}

function databaseOf(variables: EnvironmentVariables): DatabaseConfig {
  const { DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl } = variables;
  const replicaUrls = splitList(variables.DATABASE_REPLICA_URLS);
  if (serviceUrl !== undefined) {
    return { kind: 'external', serviceUrl, ownerUrl: ownerUrl ?? null, replicaUrls };
  }
  const lonely = ownerUrl !== undefined ? 'DATABASE_OWNER_URL' : 'DATABASE_REPLICA_URLS';
  if (ownerUrl !== undefined || replicaUrls.length > 0) {
    throw new StartupError(
      `${lonely} is set without DATABASE_URL. Set both, or neither to use the embedded PostgreSQL.`,
    );
  }
  return { kind: 'embedded' };
}

function tokenKeyOf(
  variables: EnvironmentVariables,
  database: DatabaseConfig,
  dataDirectory: string,
): TokenKeyConfig {
  const { AUTH_JWT_SECRET: secret, AUTH_JWKS_URI: uri } = variables;
  if (secret !== undefined && uri !== undefined) {
    throw new StartupError('AUTH_JWT_SECRET and AUTH_JWKS_URI are both set. Unset one of them.');
  }
  if (uri !== undefined) return { kind: 'jwks', uri };
  if (secret !== undefined) return { kind: 'secret', secret };
  if (database.kind === 'embedded' && variables.NODE_ENV !== 'production') {
    return { kind: 'secret', secret: generatedSecret(dataDirectory) };
  }
  const why = database.kind === 'external' ? 'DATABASE_URL' : 'NODE_ENV=production';
  throw new StartupError(
    `AUTH_JWT_SECRET is not set. With ${why} the service does not generate it. Set it to at least 32 bytes (openssl rand -base64 48), or set AUTH_JWKS_URI.`,
  );
}
