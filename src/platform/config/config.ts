import type { Role } from '../../domain/index.js';

/** The database: an embedded PostgreSQL that the service runs under `dataDirectory`, or an external one. */
export type DatabaseConfig =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'external';
      /** Connection of the service's own role (DATABASE_URL). */
      readonly serviceUrl: string;
      /**
       * Connection of the role that owns the tables and migrates (DATABASE_OWNER_URL); null if the service's role does
       * both.
       */
      readonly ownerUrl: string | null;
      /** Connections of the service's own role to streaming replicas (DATABASE_REPLICA_URLS), for reports. */
      readonly replicaUrls: readonly string[];
    };

/** The key that verifies (and, as a secret, also signs) tokens. */
export type TokenKeyConfig =
  | { readonly kind: 'secret'; /** HS256 key, at least 32 bytes. */ readonly secret: string }
  | {
      readonly kind: 'jwks';
      /** Address of the key set (RFC 7517) of the identity provider. */ readonly uri: string;
    };

export interface AuthConfig {
  readonly key: TokenKeyConfig;
  /** Required value of `iss` in every token; null if it is not checked. */
  readonly issuer: string | null;
  /** Value that `aud` of every token must contain; null if it is not checked. */
  readonly audience: string | null;
  /**
   * Exact name of the claim that contains the caller's roles, or a path to it (`realm_access.roles`); default `roles`.
   */
  readonly rolesClaim: string;
  /** Claims, named as above, that grant a role if they are true. */
  readonly roleFlags: readonly { readonly claim: string; readonly role: Role }[];
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const ENVIRONMENTS = ['development', 'test', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Time limits of exports and imports. */
interface TransferConfig {
  /** A reader that receives nothing, or a sender that sends nothing, for this long is disconnected. */
  readonly stall_seconds: number;
  /** Maximum duration of an export. */
  readonly exportMax_seconds: number;
}

/** The platform's logo, read at the start. */
export interface Logo {
  readonly extension: 'svg' | 'png';
  readonly content: Buffer;
}

/** How the platform is named and shown. */
export interface Brand {
  readonly name: string;
  /** `#rrggbb` in small letters; null if the page keeps its own colour. */
  readonly accent: string | null;
  readonly logo: Logo | null;
}

/** All settings of the service. `loadConfig` reads them from the environment once, at the start. */
export interface Config {
  readonly environment: Environment;
  /** TCP port of the HTTP server, 0..65535; 0 means any free port. */
  readonly port: number;
  /** Absolute path of the folder that contains the embedded database and the generated secret. */
  readonly dataDirectory: string;
  readonly database: DatabaseConfig;
  /** How long a start waits for an unreachable external database, 0..3600; 0 means one attempt. */
  readonly databaseWait_seconds: number;
  readonly auth: AuthConfig;
  /** Origins of pages that can call the API (`https://app.example.com`); empty: only the service's own origin. */
  readonly corsOrigins: readonly string[];
  /** Addresses or CIDR ranges of trusted proxies. `X-Forwarded-*` headers from other addresses are ignored. */
  readonly trustedProxies: readonly string[];
  readonly transfers: TransferConfig;
  readonly brand: Brand;
  readonly logLevel: LogLevel;
  /** Bearer token that `/metrics` requires; null if it requires none. */
  readonly metricsToken: string | null;
  /** Whether the OpenAPI document and Swagger UI are served. */
  readonly servesApiDocs: boolean;
  /** How long connections are still accepted after SIGTERM, while readiness returns 503; 0..300. */
  readonly shutdownGrace_seconds: number;
}
