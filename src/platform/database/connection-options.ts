import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { PATIENCE_MS, POOL_SIZE } from './pool-shares.js';
import { setUpForOwner, setUpForRequests, STATEMENT_TIMEOUT_MS } from './session-settings.js';
import { WatchedPool } from './watched-pool.js';
import { ANSWER_PATIENCE_MS } from './replicas/patience.js';

const { Client, types } = pg;

/** Timeout for opening a connection. */
const CONNECT_TIMEOUT_MS = 4_000;
/** The driver's own timeout, for a database that no longer enforces its timeouts. */
const ANSWER_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 2_000;

/**
 * A client with its own connect timeout: the pool has only one timeout for connecting and for waiting for a connection.
 */
class PromptClient extends Client {
  constructor(config: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  }
}

const TEXT_ARRAY_OID: number = 1009;
/** Types that the driver would convert to a Date or a float and so lose digits. They stay PostgreSQL's text. */
const TEXT_OIDS = { date: 1082, timestamp: 1114, timestamptz: 1184, interval: 1186, numeric: 1700, int8: 20 };
const TEXT_ARRAY_OIDS = {
  date: 1182,
  timestamp: 1115,
  timestamptz: 1185,
  interval: 1187,
  numeric: 1231,
  int8: 1016,
};

const asText = (value: string): string => value;
const rawText = new Set<number>(Object.values(TEXT_OIDS));
const rawTextArrays = new Set<number>(Object.values(TEXT_ARRAY_OIDS));

/** Type parsers of node-postgres: exact numbers and instants stay text, other types use the driver's own parsers. */
const EXACT_TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (format !== 'binary') {
      if (rawText.has(oid)) return asText;
      if (rawTextArrays.has(oid)) return types.getTypeParser(TEXT_ARRAY_OID, 'text');
    }
    return types.getTypeParser(oid, format ?? 'text');
  },
};

const SESSION = {
  types: EXACT_TYPES,
  keepAlive: true,
  application_name: 'partner-module-revenue',
};

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

const NEVER_CHANGES_THE_SCHEMA = {
  synchronize: false,
  migrationsRun: false,
  installExtensions: false,
} as const;

/** Options of the DataSource that answers requests. */
export function serviceOptions(url: string): PostgresOptions {
  return {
    type: 'postgres',
    url,
    ...NEVER_CHANGES_THE_SCHEMA,
    driver: { ...pg, Pool: WatchedPool },
    poolSize: POOL_SIZE,
    connectTimeoutMS: PATIENCE_MS,
    extra: {
      ...SESSION,
      Client: PromptClient,
      onConnect: setUpForRequests,
      query_timeout: ANSWER_TIMEOUT_MS,
    },
  };
}

/**
 * Options of the DataSource of a streaming replica. If no connection is free within the short timeout, the request uses
 * the primary instead.
 */
export function replicaOptions(url: string): PostgresOptions {
  return { ...serviceOptions(url), connectTimeoutMS: ANSWER_PATIENCE_MS };
}

/** Options of one session of the role that owns the tables, without time limits. */
export function ownerSession(url: string): pg.ClientConfig {
  return {
    ...(SESSION as pg.ClientConfig),
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
}

/** Options of the DataSource that migrates: few connections, no time limits. */
export function ownerOptions(url: string): PostgresOptions {
  return {
    type: 'postgres',
    url,
    ...NEVER_CHANGES_THE_SCHEMA,
    driver: pg,
    poolSize: 4,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: { ...SESSION, onConnect: setUpForOwner },
  };
}
