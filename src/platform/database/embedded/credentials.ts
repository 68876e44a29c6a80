import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { StartupError } from '../../config/startup-error.js';

export const SUPERUSER = 'pmr_admin';
export const OWNER_ROLE = 'pmr_owner';
export const SERVICE_ROLE = 'pmr_service';
export const DATABASE_NAME = 'pmr';
/** The database that initdb creates; the superuser's sessions connect to it. */
export const MAINTENANCE_DATABASE = 'postgres';

/** Passwords of the embedded database's roles, random per data folder. */
export interface Credentials {
  readonly superuserPassword: string;
  readonly ownerPassword: string;
  readonly servicePassword: string;
}

export function makeCredentials(): Credentials {
  const password = (): string => randomBytes(24).toString('base64url');
  return { superuserPassword: password(), ownerPassword: password(), servicePassword: password() };
}

export function writeCredentials(path: string, credentials: Credentials): void {
  writeFileSync(path, `${JSON.stringify(credentials)}\n`, { mode: 0o600, flag: 'wx', flush: true });
}

/** @throws StartupError if the file cannot be read or is damaged */
export function readCredentials(path: string): Credentials {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Credentials;
  } catch (error) {
    throw new StartupError(
      `The passwords of the embedded database cannot be read (${(error as Error).message}). Start as the user who created the data folder, restore the file, or set DATA_DIR to another folder.`,
    );
  }
}

/** The address of one role on the embedded server. */
export function addressOf(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}
