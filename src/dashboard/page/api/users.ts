/** The page's requests about people: users, partners and those who run the platform. */

import { answerOf, api, type Schemas } from './client.js';

export type User = Schemas['User'];
export type UserList = Schemas['UserList'];
type Role = Schemas['Role'];

/** The most rows that the service returns at once. */
const MOST_ROWS = 500;

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

/** The name under which people know a user. */
export function userName({ name, email, id }: User): string {
  return name ?? email ?? id;
}

/** The names of partners by id; of the first 500. */
export async function readPartnerNames(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { data } = await readUsers({ role: 'partner', limit: MOST_ROWS }, signal);
  return new Map(data.map((user) => [user.id, userName(user)]));
}
