import { type Command, InvalidArgumentError } from 'commander';
import { ROLES, TokenService, type Role } from '../auth/index.js';
import { StartupError } from '../platform/config/index.js';
import { collectRole, platformId } from './arguments.js';
import { withApplication } from './command-line.js';

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

interface TokenOptions {
  readonly role: Role[];
  readonly partner?: string;
  readonly ttl: number;
}

/** `token ID`: an access token for a back end, a script or a first look; printed alone, so that it can be piped. */
export function registerTokenCommand(program: Command): void {
  program
    .command('token')
    .description('print an access token, signed with this service’s secret')
    .argument('<id>', 'whom it is for: a user’s id, or the name of a back end', platformId)
    .option('--role <role>', `one of ${ROLES.join(', ')}; may be given several times`, collectRole, [])
    .option('--partner <id>', 'whose modules are its own, where that is not the id itself', platformId)
    .option('--ttl <time>', 'how long it is good for, like 30m, 12h or 90d', ttlSeconds, SECONDS_PER_UNIT.h)
    .action(async (id: string, { role, partner, ttl }: TokenOptions) => {
      const token = await withApplication((app) => {
        const tokens = app.get(TokenService, { strict: false });
        if (!tokens.canIssue) {
          throw new StartupError(
            'With AUTH_JWKS_URI set, tokens come from the identity provider; ask there.',
          );
        }
        return Promise.resolve(tokens.issue({ sub: id, roles: role, partnerId: partner }, ttl));
      });
      console.log(token);
    });
}

function ttlSeconds(text: string): number {
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text);
  if (match === null)
    throw new InvalidArgumentError('It must be a whole number with s, m, h or d, like 12h.');
  return Number(match[1]) * (SECONDS_PER_UNIT[match[2] as string] as number);
}
