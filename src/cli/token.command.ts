import { TokenService, type Role } from '../auth/index.js';
import { StartupError } from '../platform/config/index.js';
import { withApplication } from './command-line.js';

export interface TokenOptions {
  readonly role: Role[];
  readonly partner?: string;
  /** In seconds. */
  readonly ttl: number;
}

/** An access token for a back end, a script or a first look; printed alone, so that it can be piped. */
export async function issueToken(id: string, { role, partner, ttl }: TokenOptions): Promise<void> {
  const token = await withApplication((app) => {
    const tokens = app.get(TokenService, { strict: false });
    if (!tokens.canIssue) {
      throw new StartupError('With AUTH_JWKS_URI set, tokens come from the identity provider; ask there.');
    }
    return Promise.resolve(tokens.issue({ sub: id, roles: role, partnerId: partner }, ttl));
  });
  console.log(token);
}
