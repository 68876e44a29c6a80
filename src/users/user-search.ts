import { isPlatformId, ROLES, type Role } from '../domain/index.js';

/** The filter of a list of users. */
export interface UserFilter {
  /** First letters of the id, the e-mail address, the name or its last word. */
  readonly q?: string;
  readonly role?: Role;
}

/** A position in the list: the way in which the last user was found, its key there, and its id. */
export interface UserPosition {
  readonly way: number;
  readonly key: string;
  readonly id: string;
}

/** A user as it is stored, and the position of its row. */
export interface FoundUser extends UserPosition {
  readonly email: string | null;
  readonly name: string | null;
  readonly roles: Role[];
}

/** A way to find a user by first letters. Key and condition are those of an index (migrations/sql/users). */
interface Way {
  readonly key: string;
  readonly condition: string;
}

const BY_EMAIL = 'user_search_key(email) COLLATE "C"';
const BY_NAME = 'user_search_key(name) COLLATE "C"';
const BY_LAST_WORD = `user_search_key(substring(name FROM '\\s(\\S+)$')) COLLATE "C"`;

const WAYS: readonly Way[] = [
  { key: 'lower(id)', condition: 'true' },
  { key: BY_EMAIL, condition: 'email IS NOT NULL' },
  { key: BY_NAME, condition: 'name IS NOT NULL' },
  { key: BY_LAST_WORD, condition: String.raw`name ~ '\s\S+$'` },
];

/** The roles that few users have, as in the index users_with_special_roles. */
const SPECIAL_ROLES = ROLES.filter((role) => role !== 'user');

const COLUMNS = 'id, email, name, roles';
/** The last code point of Unicode, which no text contains: everything before it begins with the text. */
const LAST_CHARACTER = 'chr(1114111)';

/** Whether the texts of a cursor are a position: way, key and id. */
export function isUserPosition(texts: readonly string[]): boolean {
  const [way = '', key = '', id = ''] = texts;
  return texts.length === 3 && /^[0-3]$/.test(way) && !key.includes('\0') && isPlatformId(id);
}

/** @param texts that are a position */
export function userPosition([way = '', key = '', id = '']: readonly string[]): UserPosition {
  return { way: Number(way), key, id };
}

/**
 * The query of a page of users. Without `q` they come by id. With `q` those found by id come first, then by e-mail
 * address, by name, by the last word of the name, each way by its text and id. Each way reads one range of an index and
 * leaves out users of the ways before it.
 *
 * @param after the position of the last row that the caller has received
 * @param rows the most rows to read
 */
export function userSearch(
  { q, role }: UserFilter,
  after: UserPosition | null,
  rows: number,
): { text: string; values: unknown[] } {
  const parameters = new Parameters(rows);
  const source = sourceOf(role, parameters);
  const text = q === undefined ? everyone(source, after, parameters) : found(source, q, after, parameters);
  return { text: `${source.definition} ${text}`, values: parameters.values };
}

/** The values of a statement, of which the first is the most rows. */
class Parameters {
  readonly values: unknown[];

  constructor(rows: number) {
    this.values = [rows];
  }

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** The users to search. */
interface Source {
  readonly definition: string;
  readonly name: string;
  readonly condition: string;
}

/** Users with a special role are read first, because there are few. Most users have the role `user`. */
function sourceOf(role: Role | undefined, parameters: Parameters): Source {
  if (role === undefined) return { definition: '', name: 'users', condition: 'true' };
  const hasRole = `${parameters.add(role)}::text = ANY (roles)`;
  if (role === 'user') return { definition: '', name: 'users', condition: hasRole };
  const definition = `
    WITH candidate AS MATERIALIZED (
      SELECT ${COLUMNS} FROM users WHERE roles && '{${SPECIAL_ROLES.join(',')}}' AND ${hasRole})`;
  return { definition, name: 'candidate', condition: 'true' };
}

function everyone({ name, condition }: Source, after: UserPosition | null, parameters: Parameters): string {
  const position = after === null ? '' : `AND id > ${parameters.add(after.id)}`;
  return `SELECT 0 AS way, '' AS key, ${COLUMNS} FROM ${name} WHERE ${condition} ${position} ORDER BY id LIMIT $1`;
}

function found(
  { name, condition }: Source,
  q: string,
  after: UserPosition | null,
  parameters: Parameters,
): string {
  const needle = `(user_search_key(${parameters.add(q)}::text) COLLATE "C")`;
  const isFound = (way: Way): string =>
    `(${way.condition} AND ${way.key} >= ${needle} AND ${way.key} < ${needle} || ${LAST_CHARACTER})`;
  const parts = WAYS.flatMap((way, index) => {
    if (after !== null && index < after.way) return [];
    const conditions = [
      isFound(way),
      condition,
      ...WAYS.slice(0, index).map((earlier) => `${isFound(earlier)} IS NOT TRUE`),
      ...(after?.way === index
        ? [`(${way.key}, id) > (${parameters.add(after.key)}, ${parameters.add(after.id)})`]
        : []),
    ];
    return `
      (SELECT ${index} AS way, ${way.key} AS key, ${COLUMNS} FROM ${name}
        WHERE ${conditions.join(' AND ')} ORDER BY ${way.key}, id LIMIT $1)`;
  });
  return `SELECT * FROM (${parts.join(' UNION ALL ')}) AS found ORDER BY way, key COLLATE "C", id LIMIT $1`;
}
