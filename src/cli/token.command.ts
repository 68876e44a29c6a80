import { TokenService, type Role } from '../auth/index.js';
import { StartupError } from '../platform/config/index.js';
import { withApplication } from './command-line.js';

export interface TokenOptions {
  readonly role: Role[];
  readonly partner?: string;
  /** In seconds. */
  readonly ttl: number;
}

/**
 * Prints an access token for a back end, a script or a first try. It prints nothing else, so the output can be piped.
 */
export async function issueToken(id: string, { role, partner, ttl }: TokenOptions): Promise<void> {
  const token = await withApplication((app) => {
    const tokens = app.get(TokenService, { strict: false });
    if (!tokens.canIssue) {
      throw new StartupError(
        'AUTH_JWKS_URI is set, so this service cannot sign tokens. Get one from the identity provider.',
      );
    }
    return Promise.resolve(tokens.issue({ sub: id, roles: role, partnerId: partner }, ttl));
  });
  console.log(token);
}
