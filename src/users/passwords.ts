import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** Shortest and longest password, in characters (docs/contract.md). */
export const PASSWORD_MIN_CHARACTERS = 12;
export const PASSWORD_MAX_CHARACTERS = 128;

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default) with 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes passwords by argon2id, off the main thread. */
@Injectable()
export class Passwords {
  /** Of a random secret that nobody knows: what an unknown e-mail address is checked against. */
  private decoy: Promise<string> | undefined;

  /** @returns the hash in PHC format, which carries its salt and cost */
  hash(password: string): Promise<string> {
    return hash(password, COST);
  }

  /**
   * Whether the password is the one that was hashed. For nobody's hash (null) the answer is no, after the same work.
   */
  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    this.decoy ??= hash(crypto.randomUUID(), COST);
    const decoy = await this.decoy;
    const isMatch = await verify(passwordHash ?? decoy, password);
    return isMatch && passwordHash !== null;
  }
}

/** Whether the text may be a password: 12 to 128 characters of well-formed Unicode. */
export function isPassword(text: string): boolean {
  const characters = [...text].length;
  return (
    characters >= PASSWORD_MIN_CHARACTERS && characters <= PASSWORD_MAX_CHARACTERS && text.isWellFormed()
  );
}
