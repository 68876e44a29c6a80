import { InvalidArgumentError } from 'commander';
import { isRole, ROLES, type Role } from '../auth/index.js';
import { isPlatformId } from '../domain/index.js';

/** An id of the platform's own, as an argument. */
export function platformId(text: string): string {
  if (isPlatformId(text)) return text;
  throw new InvalidArgumentError(
    'It must be 1 to 128 of A-Z a-z 0-9 . _ : @ | + = ~ -, a letter or digit first.',
  );
}

/** Adds a role to those given before. */
export function collectRole(text: string, earlier: readonly Role[]): Role[] {
  if (isRole(text)) return [...new Set([...earlier, text])];
  throw new InvalidArgumentError(`It must be one of ${ROLES.join(', ')}.`);
}
