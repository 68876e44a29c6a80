import { modulesOf, usersOf } from './catalogue.mjs';
import { History } from './history.mjs';

const CHUNK_CHARACTERS = 262_144;
const instant = (at) => new Date(at).toISOString();
const REFUNDED = { refund: 'deploymentId', purchaseRefund: 'purchaseExternalId' };

/** The same data set as an import's NDJSON, in pieces of text. */
export function* ndjsonOf(shape) {
  yield* inPieces(recordsOf(shape), (record) => JSON.stringify(record));
}

function* recordsOf(shape) {
  yield* usersOf(shape);
  yield* modulesOf(shape);
  for (const entry of new History(shape).entries()) yield lineOf(entry);
}

/** A platform's export states what it charged; what the module demands is the module's to say. */
function lineOf({
  type,
  id,
  userId,
  occurredAt,
  credits,
  amount,
  expiresAt,
  moduleId,
  category,
  refundedId,
}) {
  if (type === 'deployment') {
    return { type, id, userId, moduleId, creditCost: credits, createdAt: instant(occurredAt) };
  }
  const whose = refundedId === undefined ? { userId } : { [REFUNDED[type]]: refundedId };
  return {
    type,
    externalId: id,
    ...whose,
    credits: credits ?? undefined,
    amount,
    category,
    occurredAt: instant(occurredAt),
    expiresAt: expiresAt ? instant(expiresAt) : undefined,
  };
}

/** Lines of text, gathered into pieces that are worth a system call. */
export function* inPieces(items, lineOfItem) {
  let piece = '';
  for (const item of items) {
    piece += `${lineOfItem(item)}\n`;
    if (piece.length < CHUNK_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
