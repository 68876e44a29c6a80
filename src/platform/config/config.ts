import type { Role } from '../../domain/index.js';

/** Where the data lives: a PostgreSQL that the service runs itself under `dataDirectory`, or one that it is given. */
export type DatabaseConfig =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'external';
      /** Connection of the service's own role (DATABASE_URL). */
      readonly serviceUrl: string;
      /** Connection of the role that owns the tables and migrates (DATABASE_OWNER_URL); null: the service's role does both. */
      readonly ownerUrl: string | null;
      /** Connections of the service's own role to streaming replicas (DATABASE_REPLICA_URLS), for reports. */
      readonly replicaUrls: readonly string[];
    };

/** What verifies (and, with a secret, signs) the callers' tokens. */
export type TokenKeyConfig =
  | { readonly kind: 'secret'; /** HS256 key, at least 32 bytes. */ readonly secret: string }
  | {
      readonly kind: 'jwks';
      /** Address of the key set (RFC 7517) of the identity provider. */ readonly uri: string;
    };

export interface AuthConfig {
  readonly key: TokenKeyConfig;
  /** What `iss` of every token must be; null: not checked. */
  readonly issuer: string | null;
  /** What `aud` of every token must hold; null: not checked. */
  readonly audience: string | null;
  /** Exact name of the claim that holds the caller's roles, or a path to it (`realm_access.roles`); `roles` by default. */
  readonly rolesClaim: string;
  /** Claims, named as above, that give a role where they are true. */
  readonly roleFlags: readonly { readonly claim: string; readonly role: Role }[];
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const ENVIRONMENTS = ['development', 'test', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** How long a transfer of a file may take, either way. */
interface TransferConfig {
  /** A reader that takes nothing, or a sender that sends nothing, for so long is cut off. */
  readonly stall_seconds: number;
  /** The longest time of one export. */
  readonly exportMax_seconds: number;
}

/** Every setting of the service, read from the environment once, at start, by `loadConfig`. */
export interface Config {
  readonly environment: Environment;
  /** TCP port of the HTTP server, 0..65535; 0 takes any free one. */
  readonly port: number;
  /** Absolute path of the folder of the embedded database and of the generated secret. */
  readonly dataDirectory: string;
  readonly database: DatabaseConfig;
  /** How long a start waits for an external database that is out of reach, 0..3600; 0: it tries once. */
  readonly databaseWait_seconds: number;
  readonly auth: AuthConfig;
  /** Origins whose pages may call the API (`https://app.example.com`); empty: the service's own origin only. */
  readonly corsOrigins: readonly string[];
  /** Addresses or CIDR ranges whose `X-Forwarded-*` headers are believed; empty: nobody's. */
  readonly trustedProxies: readonly string[];
  readonly transfers: TransferConfig;
  readonly logLevel: LogLevel;
  /** What `/metrics` asks for as its bearer token; null: nothing. */
  readonly metricsToken: string | null;
  /** Whether the OpenAPI document and Swagger UI are served. */
  readonly servesApiDocs: boolean;
  /** After SIGTERM connections are still taken for this long, with readiness at 503; 0..300. */
  readonly shutdownGrace_seconds: number;
}
