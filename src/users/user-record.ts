import { hasAnyRole, isRole, type Caller, type Role } from '../auth/index.js';
import { refused, type RecordOutcome } from '../platform/recording/index.js';
import { isText } from '../platform/validation/index.js';
import { EMAIL_MESSAGE, inRoleOrder, isEmail, USER_NAME_MAX_CHARACTERS } from './user.js';
import { USERS_PROBLEMS } from './users.problems.js';

/** A user as a route or a line of an import describes it. Null is the same as absent. */
export interface UserRecord {
  readonly id: string;
  readonly email?: string | null;
  readonly name?: string | null;
  /** Names of roles, each once, in any order. */
  readonly roles: readonly string[];
  /** argon2id in PHC format. It is not compared; only routes for administrators set it. */
  readonly passwordHash?: string;
}

/** Changes of a user; absent fields are not changed. */
export type UserChanges = Partial<Omit<UserRecord, 'id'>>;

/** The stored data of a user that the rules for records need. */
export interface StoredUser {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
  readonly signsIn: boolean;
  readonly anonymised: boolean;
}

/** The roles that the caller can grant: `ordinary` is user and partner. */
export type RolesGrantable = 'ordinary' | 'all';

/**
 * The operator at the command line (null) and administrators can grant all roles, other callers only the ordinary ones.
 * Administrators who receive revenue count as other callers. Otherwise they could create another administrator, and use
 * it to record money.
 */
export function rolesGrantableBy(writer: Caller | null): RolesGrantable {
  return writer === null || isAdminWithoutRevenue(writer) ? 'all' : 'ordinary';
}

/** Whether the caller is an administrator who does not receive revenue. */
export function isAdminWithoutRevenue(caller: Caller): boolean {
  return hasAnyRole(caller, 'admin') && caller.earnsAs === null;
}

const ORDINARY_ROLES: ReadonlySet<string> = new Set<Role>(['user', 'partner']);
/** Only administrators can change users with one of these roles. */
const PRIVILEGED_ROLES: ReadonlySet<Role> = new Set<Role>(['finance', 'admin']);

/** The refusal of a record that is invalid by itself; null if it is valid. */
export function refusalOf(changes: UserChanges, rolesGrantable: RolesGrantable): RecordOutcome | null {
  const complaint = complaintAbout(changes);
  if (complaint !== null) {
    return refused(USERS_PROBLEMS.INVALID, complaint);
  }
  const withheld = (changes.roles ?? []).find((role) => !ORDINARY_ROLES.has(role));
  if (rolesGrantable === 'ordinary' && withheld !== undefined) {
    return refused(
      USERS_PROBLEMS.NOT_GRANTABLE,
      `Only administrators who are not partners can grant the role "${withheld}". You can grant "user" and "partner".`,
    );
  }
  return null;
}

/** The refusal if the caller cannot change this recorded user; null if the caller can. */
export function refusalToChange(stored: StoredUser, rolesGrantable: RolesGrantable): RecordOutcome | null {
  const role = stored.roles.find((one) => PRIVILEGED_ROLES.has(one));
  if (rolesGrantable === 'all' || role === undefined) {
    return null;
  }
  return refused(
    USERS_PROBLEMS.PRIVILEGED,
    `User ${stored.id} has the role "${role}". Only administrators who are not partners can change such users.`,
  );
}

/** The fields in which the record differs from the stored user. Passwords are not compared. */
export function differencesOf(changes: UserChanges, stored: StoredUser): string[] {
  const { email, name, roles } = changes;
  return [
    ...((email ?? stored.email) === stored.email ? [] : ['email']),
    ...((name ?? stored.name) === stored.name ? [] : ['name']),
    ...(roles === undefined || inRoleOrder(roles).join() === stored.roles.join() ? [] : ['roles']),
  ];
}

/** The stored user with the changes. */
export function changed(stored: StoredUser, changes: UserChanges): StoredUser {
  return {
    ...stored,
    email: changes.email ?? stored.email,
    name: changes.name ?? stored.name,
    roles: changes.roles === undefined ? stored.roles : inRoleOrder(changes.roles),
    signsIn: stored.signsIn || changes.passwordHash !== undefined,
  };
}

/** The stored form of a new user. */
export function storedFrom(record: UserRecord): StoredUser {
  const nobody = { id: record.id, email: null, name: null, roles: [], signsIn: false, anonymised: false };
  return changed(nobody, record);
}

function complaintAbout({ email, name, roles = [] }: UserChanges): string | null {
  if (typeof email === 'string' && !isEmail(email)) {
    return `email ${EMAIL_MESSAGE}.`;
  }
  if (typeof name === 'string' && !isText(name, { maxCharacters: USER_NAME_MAX_CHARACTERS })) {
    return `name must be one line of 1 to ${USER_NAME_MAX_CHARACTERS} characters, not only spaces, without control characters.`;
  }
  if (!roles.every(isRole) || new Set(roles).size < roles.length) {
    return 'roles must be a list of "user", "partner", "finance", "admin", "platform", each at most once.';
  }
  return null;
}
