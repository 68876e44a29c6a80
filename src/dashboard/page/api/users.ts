/** The page's requests about people: users, partners and those who run the platform. */

import { answerOf, api, type Schemas } from './client.js';
import { guardedChange, type Change } from './guarded-change.js';

export type User = Schemas['User'];
export type UserList = Schemas['UserList'];
export type NewUser = Schemas['CreateUser'];
export type Role = Schemas['Role'];
/** In the order in which they are shown. */
export const ROLES: readonly Role[] = ['user', 'partner', 'finance', 'admin', 'platform'];

/** The most rows that the service returns at once. */
const MOST_ROWS = 500;

type Headers = Readonly<Record<'Idempotency-Key', string>>;

export interface UsersQuery {
  /** The first letters of id, e-mail address or name. */
  readonly q?: string;
  readonly role?: Role;
  readonly cursor?: string;
  readonly limit?: number;
}

export function readUsers(query: UsersQuery, signal?: AbortSignal): Promise<UserList> {
  return answerOf(api.GET('/api/users', { params: { query }, signal }));
}

export function readUser(id: string, signal: AbortSignal): Promise<User> {
  return answerOf(api.GET('/api/users/{id}', { params: { path: { id } }, signal }));
}

/** The name under which people know a user. */
export function userName({ name, email, id }: User): string {
  return name ?? email ?? id;
}

export async function readUserName(id: string, signal: AbortSignal): Promise<string> {
  return userName(await readUser(id, signal));
}

/** The names of partners by id; of the first 500. */
export async function readPartnerNames(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { data } = await readUsers({ role: 'partner', limit: MOST_ROWS }, signal);
  return new Map(data.map((user) => [user.id, userName(user)]));
}

export function createUser(body: NewUser, headers: Headers, signal: AbortSignal): Promise<User> {
  return answerOf(api.POST('/api/users', { body, headers, signal }));
}

/** The fields of a person that admins change. */
export type UserFields = Pick<User, 'name' | 'email' | 'roles'>;

/**
 * Changes fields of a person, unless somebody else changed one of them meanwhile.
 *
 * @param password a new one; null: it stays
 */
export function changeUser(
  { seen, wanted, password }: { seen: User; wanted: Partial<UserFields>; password: string | null },
  signal: AbortSignal,
): Promise<Change<User>> {
  const path = { id: seen.id };
  const body = { ...wanted, ...(password === null ? {} : { password }) };
  return guardedChange<User>(
    { seen, wanted },
    () => answerOf(api.GET('/api/users/{id}', { params: { path }, signal })),
    () => answerOf(api.PATCH('/api/users/{id}', { params: { path }, body, signal })),
  );
}

export function anonymiseUser(
  id: string,
  headers: Headers,
  signal: AbortSignal,
): Promise<Schemas['AnonymisedUser']> {
  return answerOf(api.POST('/api/users/{id}/anonymise', { params: { path: { id } }, headers, signal }));
}
