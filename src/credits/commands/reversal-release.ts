import type { ReversalRelease } from '../../domain/index.js';
import { field, type ReadValues } from './command-fields.js';
import { id, instant } from './json-fields.js';

/** The fields of a release of a reversal in JSON (docs/rules.md, "Entries"). */
export const REVERSAL_RELEASE_FIELDS = {
  externalId: field('id', id),
  reversalExternalId: field('refundedId', id),
  occurredAt: field('occurredAt', instant),
} as const;

/** A request to release a reversal, in full. */
export type ReversalReleaseCommand = { readonly type: 'reversalRelease' } & ReadValues<
  typeof REVERSAL_RELEASE_FIELDS
>;

export function reversalReleaseOf({
  type,
  id,
  occurredAt,
  refundedId,
}: ReversalReleaseCommand): ReversalRelease {
  return { type, id, occurredAt, reversalId: refundedId };
}
