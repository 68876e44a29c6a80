import type { PoolClient } from 'pg';
import { comparePlatformIds, microsFromNumeric, type Micros } from '../../domain/index.js';
import { preparedQuery } from '../../platform/database/index.js';
import type { GroupedSums } from './grouped-sums.js';
import type { SubjectKind } from './grouping.js';

/** A module, partner or customer with rows in a summary. */
export interface Subject {
  /** Null: the platform, in a summary by partner. */
  readonly id: string | null;
  /** A module's current name; the name of a partner or customer, or else its e-mail address, or else its id. */
  readonly label: string;
  /** The partner that owns the module; null: the platform owns it, or the subject is not a module. */
  readonly partnerId: string | null;
}

/** The subject for rows without a partner. */
const PLATFORM: Subject = { id: null, label: 'Platform', partnerId: null };

const NAMES_OF_USERS = `SELECT id, coalesce(name, email, id) AS label, NULL AS "partnerId" FROM users WHERE id = ANY ($1::text[])`;

const NAMES: Readonly<Record<SubjectKind, string>> = {
  module: `SELECT id, name AS label, partner_id AS "partnerId" FROM modules WHERE id = ANY ($1::text[])`,
  partner: NAMES_OF_USERS,
  user: NAMES_OF_USERS,
};

/**
 * The subjects of all groups with their names, by gross revenue over the whole range, the highest first, then by id. Of
 * modules and partners it is the gross revenue that a partner has a share of. Every period therefore has the same order.
 */
export async function readSubjects(
  client: PoolClient,
  kind: SubjectKind,
  groups: readonly GroupedSums[],
): Promise<Subject[]> {
  const figure = kind === 'user' ? 'grossRevenue' : 'sharedGross';
  const sorted = new Map<string | null, Micros>();
  for (const { subjectId, sums } of groups) {
    sorted.set(subjectId, (sorted.get(subjectId) ?? 0n) + microsFromNumeric(sums[figure]));
  }
  const ids = [...sorted.keys()].filter((id) => id !== null);
  const named = await preparedQuery<Subject & { readonly id: string }>(client, NAMES[kind], [ids]);
  const byId = new Map(named.map((subject) => [subject.id, subject]));
  const gross = ({ id }: Subject): Micros => sorted.get(id) ?? 0n;
  return [...sorted.keys()]
    .map((id) => (id === null ? PLATFORM : (byId.get(id) ?? { id, label: id, partnerId: null })))
    .sort((one, other) => compare(gross(other), gross(one)) || compareIds(one.id, other.id));
}

function compare(one: bigint, other: bigint): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The platform comes after all subjects with an id. */
function compareIds(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return comparePlatformIds(one, other);
}
