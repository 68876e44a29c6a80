import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { createOnce, readIfThere, StartupError } from '../platform/config/index.js';
import { Problem } from '../platform/problem/index.js';
import type { UsersService } from '../users/index.js';
import { SHOWN_PEOPLE, type DemoPerson } from './platform/index.js';

const PASSWORDS_FILE = 'demo-passwords.json';
/** Letters and digits that are hard to confuse. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 12 characters out of 31: 59 bits. */
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** Credentials of a demo user. */
export interface SignIn {
  readonly person: DemoPerson;
  readonly password: string;
}

/** The passwords of one data folder, by user id. */
type Passwords = Readonly<Record<string, string>>;

/** Whether a demo was started with this data folder before. */
export function hasPasswords(dataDirectory: string): boolean {
  return readIfThere(join(dataDirectory, PASSWORDS_FILE)) !== null;
}

/**
 * The passwords of this data folder. They are random, created at the first start, and stored in a file of mode 0600.
 *
 * @throws StartupError if the file is damaged
 */
export function passwordsOf(dataDirectory: string): Passwords {
  const path = join(dataDirectory, PASSWORDS_FILE);
  const fresh = Object.fromEntries(SHOWN_PEOPLE.map(({ id }) => [id, randomPassword()]));
  const text = readIfThere(path) ?? createOnce(path, `${JSON.stringify(fresh, null, 2)}\n`);
  const passwords = parse(text);
  if (passwords === null || SHOWN_PEOPLE.some(({ id }) => typeof passwords[id] !== 'string')) {
    throw new StartupError(`${path} is damaged. Delete its folder to load the demo again.`);
  }
  return passwords as Passwords;
}

/**
 * Sets these passwords for the shown users, even if they were changed while trying things out.
 *
 * @returns the users who can sign in; anonymised users cannot
 */
export async function prepareSignIns(users: UsersService, passwords: Passwords): Promise<SignIn[]> {
  const signIns = SHOWN_PEOPLE.map((person) => ({ person, password: passwords[person.id] as string }));
  const outcomes = await Promise.all(
    signIns.map(({ person, password }) =>
      users.putSignIn({ ...person, password }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Problem) return false;
          throw error;
        },
      ),
    ),
  );
  return signIns.filter((_, index) => outcomes[index]);
}

function randomPassword(): string {
  const letter = (): string => ALPHABET[randomInt(ALPHABET.length)] as string;
  const group = (): string => Array.from({ length: GROUP_LENGTH }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}
