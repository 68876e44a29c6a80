import { v7 as timeOrderedUuid } from 'uuid';

/** An id for an entry that was sent without one: RFC 9562, version 7, so that new ids are neighbours in the ledger's index. */
export function newEntryId(): string {
  return timeOrderedUuid();
}
