import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { Role } from '../auth/index.js';
import { UsersService } from '../users/index.js';
import { collectRole, platformId } from './arguments.js';
import { withApplication } from './command-line.js';

const GENERATED_PASSWORD_BYTES = 18;

interface UserOptions {
  readonly email: string;
  readonly name?: string;
  readonly role: Role[];
  readonly password?: string;
}

/** `user create ID`: somebody who signs in here, such as the first administrator. */
export function registerUserCommand(program: Command): void {
  const user = program.command('user').description('the people who sign in to this service');
  user
    .command('create')
    .description('record somebody who signs in here, or give somebody known a new password')
    .argument('<id>', 'the user’s id on the platform', platformId)
    .requiredOption('--email <address>', 'what they sign in with')
    .option('--name <name>', 'how they are called')
    .option(
      '--role <role>',
      'user, partner, finance, admin or platform; may be given several times',
      collectRole,
      [],
    )
    .option('--password <password>', '12 to 128 characters; absent: a random one is made and printed')
    .action(async (id: string, options: UserOptions) => {
      const { email, name, role } = options;
      const password = options.password ?? randomBytes(GENERATED_PASSWORD_BYTES).toString('base64url');
      const created = await withApplication((app) =>
        app.get(UsersService, { strict: false }).putSignIn({ id, email, name, roles: role, password }),
      );
      console.log(`${created.id} signs in as ${email} (${created.roles.join(', ') || 'no role'})`);
      if (options.password === undefined) console.log(`password: ${password}`);
    });
}
