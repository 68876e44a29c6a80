import { modulesOf, usersOf, type ModuleRecord, type UserRecord } from './catalogue.js';
import { History, type HistoryEntry } from './history.js';
import type { Shape } from './shape.js';

const CHUNK_CHARACTERS = 262_144;
/** What a refund's line calls the entry that it gives back. */
const REFUNDED: Partial<Record<HistoryEntry['type'], string>> = {
  refund: 'deploymentId',
  purchaseRefund: 'purchaseExternalId',
};

const instant = (at: number): string => new Date(at).toISOString();

/** The same data set as an import's NDJSON, in pieces of text. */
export function ndjsonOf(shape: Shape): Generator<string> {
  return inPieces(recordsOf(shape), (record) => JSON.stringify(record));
}

function* recordsOf(shape: Shape): Generator<UserRecord | ModuleRecord | Record<string, unknown>> {
  yield* usersOf(shape);
  yield* modulesOf(shape);
  for (const entry of new History(shape).entries()) yield lineOf(entry);
}

/** A platform's export states what it charged; what the module demands is the module's to say. */
function lineOf(entry: HistoryEntry): Record<string, unknown> {
  const { type, id, userId, occurredAt, credits, expiresAt } = entry;
  if (type === 'deployment') {
    const { moduleId } = entry;
    return { type, id, userId, moduleId, creditCost: credits, createdAt: instant(occurredAt) };
  }
  const refunded = REFUNDED[type];
  return {
    type,
    externalId: id,
    ...(refunded === undefined ? { userId } : { [refunded]: entry.refundedId }),
    credits: credits ?? undefined,
    amount: entry.amount,
    category: entry.category,
    occurredAt: instant(occurredAt),
    expiresAt: expiresAt ? instant(expiresAt) : undefined,
  };
}

/** Lines of text, gathered into pieces that are worth a system call. */
export function* inPieces<Item>(
  items: Iterable<Item>,
  lineOfItem: (item: Item) => string,
): Generator<string> {
  let piece = '';
  for (const item of items) {
    piece += `${lineOfItem(item)}\n`;
    if (piece.length < CHUNK_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
