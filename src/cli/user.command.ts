import { randomBytes } from 'node:crypto';
import type { Role } from '../auth/index.js';
import { UsersService } from '../users/index.js';
import { withApplication } from './command-line.js';

const GENERATED_PASSWORD_BYTES = 18;

export interface UserOptions {
  readonly email: string;
  readonly name?: string;
  readonly role: Role[];
  readonly password?: string;
}

/** Creates a user who signs in here, such as the first administrator. */
export async function createUser(id: string, options: UserOptions): Promise<void> {
  const { email, name, role } = options;
  const password = options.password ?? randomBytes(GENERATED_PASSWORD_BYTES).toString('base64url');
  const created = await withApplication((app) =>
    app.get(UsersService, { strict: false }).putSignIn({ id, email, name, roles: role, password }),
  );
  console.log(`${created.id} signs in as ${email} (${created.roles.join(', ') || 'no role'})`);
  if (options.password === undefined) console.log(`password: ${password}`);
}
