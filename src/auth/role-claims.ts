import type { AuthConfig } from '../platform/config/index.js';
import { isRole, ROLES, type Role } from '../domain/index.js';
import { TokenRefusal } from './token-refusal.js';

type Claims = Readonly<Record<string, unknown>>;

/** The claims that contain roles. */
export type RoleSources = Pick<AuthConfig, 'rolesClaim' | 'roleFlags'>;

/** The roles of a token and an explanation. */
export interface RolesFound {
  readonly roles: ReadonlySet<Role>;
  /** Sentences about the claims that were read and their values, for the person who has to correct the token. */
  readonly account: string;
}

/**
 * Reads the roles of a token from the claim and from the flags.
 *
 * @throws TokenRefusal if the claim is not an array of texts, or if a flag is not a boolean
 */
export function rolesIn(claims: Claims, { rolesClaim, roleFlags }: RoleSources): RolesFound {
  const claim = claimOf(claims, rolesClaim);
  const named = namesIn(claim, rolesClaim).filter(isRole);
  const flagged = roleFlags.filter((flag) => isSet(claims, flag.claim)).map(({ role }) => role);
  const account = accountOfClaim(rolesClaim, claim, named) + accountOfFlags(roleFlags, flagged);
  return { roles: new Set([...named, ...flagged]), account };
}

/**
 * A claim by its exact name; if there is none, by a path of names separated by dots: `realm_access.roles`. The names
 * themselves can contain dots. Null is the same as absent.
 */
function claimOf(claims: unknown, name: string): unknown {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return undefined;
  if (Object.hasOwn(claims, name)) return (claims as Claims)[name] ?? undefined;
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const first = name.slice(0, dot);
    if (!Object.hasOwn(claims, first)) continue;
    const found = claimOf((claims as Claims)[first], name.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesIn(claim: unknown, name: string): readonly string[] {
  if (claim === undefined) return [];
  if (!Array.isArray(claim) || !claim.every((role) => typeof role === 'string')) {
    throw new TokenRefusal(`The claim ${name} must be an array of role names.`);
  }
  return claim;
}

function isSet(claims: Claims, name: string): boolean {
  const flag = claimOf(claims, name) ?? false;
  if (typeof flag === 'boolean') return flag;
  throw new TokenRefusal(`The claim ${name} must be true or false.`);
}

function accountOfClaim(name: string, claim: unknown, named: readonly Role[]): string {
  const its = `The claim ${name} of the token`;
  if (claim === undefined) return `${its} is absent.`;
  if (named.length > 0) return `${its} grants ${named.join(', ')}.`;
  const isEmpty = (claim as readonly unknown[]).length === 0;
  return isEmpty ? `${its} is empty.` : `${its} contains none of the roles ${ROLES.join(', ')}.`;
}

/** Empty if no flags are configured. */
function accountOfFlags(flags: RoleSources['roleFlags'], flagged: readonly Role[]): string {
  if (flags.length === 0) return '';
  const names = flags.map(({ claim }) => claim).join(', ');
  return flagged.length > 0
    ? ` The flags ${names} grant ${flagged.join(', ')}.`
    : ` None of the flags ${names} is true.`;
}
