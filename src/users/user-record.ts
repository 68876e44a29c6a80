import { hasAnyRole, isRole, type Caller, type Role } from '../auth/index.js';
import { refused, type RecordOutcome } from '../platform/recording/index.js';
import { isText } from '../platform/validation/index.js';
import { EMAIL_MESSAGE, inRoleOrder, isEmail, USER_NAME_MAX_CHARACTERS } from './user.js';
import { USERS_PROBLEMS } from './users.problems.js';

/** What somebody says about a person, by route or import line. Null is the same as absent: not said. */
export interface UserRecord {
  readonly id: string;
  readonly email?: string | null;
  readonly name?: string | null;
  /** Names of roles, each once, in any order. */
  readonly roles: readonly string[];
  /** argon2id in PHC format; never compared, and only an administrator's route brings one. */
  readonly passwordHash?: string;
}

/** What somebody wants to change about a person; absent fields stay. */
export type UserChanges = Partial<Omit<UserRecord, 'id'>>;

/** What the service holds of a person, as the rules about records need it. */
export interface HeldUser {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
  readonly signsIn: boolean;
  readonly anonymised: boolean;
}

/** Which roles the writer may give: `ordinary` is what the platform's back end may (user, partner). */
export type RolesGrantable = 'ordinary' | 'all';

/**
 * The operator of the machine (null) and administrators give any role; all others only the ordinary ones. So does an
 * administrator who earns: as another administrator, made or taken over, it would write the money that it may not.
 */
export function rolesGrantableBy(writer: Caller | null): RolesGrantable {
  return writer === null || isPlainAdmin(writer) ? 'all' : 'ordinary';
}

/** Whether the caller is an administrator who earns nothing. */
export function isPlainAdmin(caller: Caller): boolean {
  return hasAnyRole(caller, 'admin') && caller.earnsAs === null;
}

const ORDINARY_ROLES: ReadonlySet<string> = new Set<Role>(['user', 'partner']);
/** Who holds one of these is touched by administrators alone. */
const PRIVILEGED_ROLES: ReadonlySet<Role> = new Set<Role>(['finance', 'admin']);

/** Why a record is refused whatever is stored; null where it may be recorded. */
export function refusalOf(changes: UserChanges, rolesGrantable: RolesGrantable): RecordOutcome | null {
  const complaint = complaintAbout(changes);
  if (complaint !== null) {
    return refused(USERS_PROBLEMS.INVALID, complaint);
  }
  const withheld = (changes.roles ?? []).find((role) => !ORDINARY_ROLES.has(role));
  if (rolesGrantable === 'ordinary' && withheld !== undefined) {
    return refused(
      USERS_PROBLEMS.NOT_GRANTABLE,
      `Only an administrator who is no partner gives the role "${withheld}"; this caller gives "user" and "partner".`,
    );
  }
  return null;
}

/** Why this writer may not touch a person who is recorded already; null where it may. */
export function refusalToTouch(held: HeldUser, rolesGrantable: RolesGrantable): RecordOutcome | null {
  const role = held.roles.find((one) => PRIVILEGED_ROLES.has(one));
  if (rolesGrantable === 'all' || role === undefined) {
    return null;
  }
  return refused(
    USERS_PROBLEMS.PRIVILEGED,
    `User ${held.id} holds the role "${role}"; only an administrator who is no partner writes about such users.`,
  );
}

/** The fields of which the record says something else than what is held. Passwords are not compared. */
export function differencesOf(changes: UserChanges, held: HeldUser): string[] {
  const { email, name, roles } = changes;
  return [
    ...((email ?? held.email) === held.email ? [] : ['email']),
    ...((name ?? held.name) === held.name ? [] : ['name']),
    ...(roles === undefined || inRoleOrder(roles).join() === held.roles.join() ? [] : ['roles']),
  ];
}

/** What is held once the changes are made. */
export function changed(held: HeldUser, changes: UserChanges): HeldUser {
  return {
    ...held,
    email: changes.email ?? held.email,
    name: changes.name ?? held.name,
    roles: changes.roles === undefined ? held.roles : inRoleOrder(changes.roles),
    signsIn: held.signsIn || changes.passwordHash !== undefined,
  };
}

/** What is held of a person who was not known before. */
export function heldFrom(record: UserRecord): HeldUser {
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
    return 'roles must be some of "user", "partner", "finance", "admin", "platform", each once.';
  }
  return null;
}
