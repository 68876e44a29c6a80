import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** Minimum and maximum length of a password, in characters (docs/contract.md). */
export const PASSWORD_MIN_CHARACTERS = 12;
export const PASSWORD_MAX_CHARACTERS = 128;

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default) with 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes passwords with argon2id, outside the main thread. */
@Injectable()
export class Passwords {
  /** Hash of a random secret, for attempts with an unknown e-mail address. */
  private decoy: Promise<string> | undefined;

  /** @returns the hash in PHC format, which contains salt and cost */
  hash(password: string): Promise<string> {
    return hash(password, COST);
  }

  /**
   * Whether the password matches the hash. If the hash is null, the result is false, after the same amount of work.
   */
  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    this.decoy ??= hash(crypto.randomUUID(), COST);
    const decoy = await this.decoy;
    const isMatch = await verify(passwordHash ?? decoy, password);
    return isMatch && passwordHash !== null;
  }
}

/** Whether the text is allowed as a password: 12 to 128 characters of valid Unicode. */
export function isPassword(text: string): boolean {
  const characters = [...text].length;
  return (
    characters >= PASSWORD_MIN_CHARACTERS && characters <= PASSWORD_MAX_CHARACTERS && text.isWellFormed()
  );
}
