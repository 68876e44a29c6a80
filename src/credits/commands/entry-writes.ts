import { HttpStatus, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordingOf, Writes, type CurrentHttpWrite, type WriteOutcome } from '../../audit/index.js';
import { PersonalTexts } from '../../users/index.js';
import { EntryRecorder } from './entry-recorder.js';
import type { EntryRequest } from './entry-request.js';
import type { AuditOf, Recorded } from './recorded.js';

/** The entry that a route records, and the body of its answer. */
export interface EntryWrite<Body extends object> {
  /** Runs in the transaction, because a refund has to find its user. It can run several times. */
  readonly request: (manager: EntityManager) => EntryRequest | Promise<EntryRequest>;
  readonly answer: (recorded: Recorded) => Body;
  /** The target of the audit event; the entry itself if absent. */
  readonly targetId?: string;
  /** The user whose account is locked, if known before the transaction. */
  readonly userId?: string;
  /** Whether the entry is not to be kept: the answer is that of the write, and the transaction is rolled back. */
  readonly isPreview?: boolean;
}

/**
 * Records an entry for a route. A charge takes four statements: BEGIN, one that locks and reads the account, one that
 * appends the entry with all that it changes, its audit event and its stored answer, and COMMIT. An idempotency key
 * takes one more statement, and a free text another one.
 */
@Injectable()
export class EntryWrites {
  constructor(
    private readonly writes: Writes,
    private readonly recorder: EntryRecorder,
    private readonly personalTexts: PersonalTexts,
  ) {}

  /**
   * @returns the body; the status is 201 for a new entry, 200 for a known one
   * @throws Problem with the reason if the entry is refused; nothing is changed then
   */
  run<Body extends object>(write: CurrentHttpWrite, entry: EntryWrite<Body>): Promise<Body> {
    const line = entry.userId ?? entry.targetId;
    const queued = line === undefined ? write : { ...write, line };
    const audit: AuditOf = (added, first) =>
      recordingOf([{ write, outcome: outcomeOf(added, entry) }], first);
    const work = async (manager: EntityManager, auditOf?: AuditOf): Promise<WriteOutcome<Body>> => {
      const asked = await entry.request(manager);
      const recorded = await this.recorder.record(asked, manager, auditOf);
      if (recorded.outcome === 'added') await this.keepReason(asked, recorded, manager);
      return outcomeOf(recorded, entry);
    };
    return entry.isPreview === true
      ? this.writes.preview(queued, (manager) => work(manager))
      : this.writes.answer(queued, (manager) => work(manager, audit));
  }

  /** Stores a free text outside the ledger, so that it can be erased when the user is anonymised. */
  private async keepReason(asked: EntryRequest, recorded: Recorded, manager: EntityManager): Promise<void> {
    const { command } = asked;
    if (!('reason' in command) || command.reason === null) return;
    const text = { userId: recorded.userId, sourceId: recorded.entry.id, text: command.reason };
    await this.personalTexts.recordMany(command.type, [text], manager);
  }
}

/** Builds the route's answer and the audit event for a recorded entry. */
export function outcomeOf<Body extends object>(
  recorded: Recorded,
  { answer, targetId }: Pick<EntryWrite<Body>, 'answer' | 'targetId'>,
): WriteOutcome<Body> {
  const isNew = recorded.outcome === 'added';
  return {
    status: isNew ? HttpStatus.CREATED : HttpStatus.OK,
    body: answer(recorded),
    outcome: isNew ? 'done' : 'known',
    targetId: targetId ?? recorded.entry.id,
    details: {
      userId: recorded.userId,
      ...(targetId === undefined ? {} : { externalId: recorded.entry.id }),
    },
    isRecorded: recorded.isAudited,
  };
}
