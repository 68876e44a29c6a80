import type { PoolClient } from 'pg';
import { comparePlatformIds, microsFromNumeric, type Micros } from '../../domain/index.js';
import { preparedQuery } from '../../platform/database/index.js';
import type { GroupedSums } from './grouped-sums.js';
import type { SubjectKind } from './grouping.js';

/** A module or partner that a summary has rows of. */
export interface Subject {
  /** Null: the platform, beside the partners. */
  readonly id: string | null;
  /** A module's current name; a partner's name, or else its e-mail address, or else its id. */
  readonly label: string;
  /** Whose module it is; null: the platform's own, or no module. */
  readonly partnerId: string | null;
}

/** What stands for a partner where there is none. */
const PLATFORM: Subject = { id: null, label: 'Platform', partnerId: null };

const NAMES: Readonly<Record<SubjectKind, string>> = {
  module: `SELECT id, name AS label, partner_id AS "partnerId" FROM modules WHERE id = ANY ($1::text[])`,
  partner: `SELECT id, coalesce(name, email, id) AS label, NULL AS "partnerId" FROM users WHERE id = ANY ($1::text[])`,
};

/**
 * The subjects of all groups with their names: those whose partners share in the most gross over the whole range come
 * first, then by id; so each period has them in the same order.
 */
export async function readSubjects(
  client: PoolClient,
  kind: SubjectKind,
  groups: readonly GroupedSums[],
): Promise<Subject[]> {
  const shared = new Map<string | null, Micros>();
  for (const { subjectId, sums } of groups) {
    shared.set(subjectId, (shared.get(subjectId) ?? 0n) + microsFromNumeric(sums.sharedGross));
  }
  const ids = [...shared.keys()].filter((id) => id !== null);
  const named = await preparedQuery<Subject & { readonly id: string }>(client, NAMES[kind], [ids]);
  const byId = new Map(named.map((subject) => [subject.id, subject]));
  const gross = ({ id }: Subject): Micros => shared.get(id) ?? 0n;
  return [...shared.keys()]
    .map((id) => (id === null ? PLATFORM : (byId.get(id) ?? { id, label: id, partnerId: null })))
    .sort((one, other) => compare(gross(other), gross(one)) || compareIds(one.id, other.id));
}

function compare(one: bigint, other: bigint): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The platform comes after all who have an id. */
function compareIds(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return comparePlatformIds(one, other);
}
