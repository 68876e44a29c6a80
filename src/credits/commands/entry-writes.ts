import { HttpStatus, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordingOf, Writes, type CurrentHttpWrite, type WriteOutcome } from '../../audit/index.js';
import { PersonalTexts } from '../../users/index.js';
import { EntryRecorder } from './entry-recorder.js';
import type { EntryRequest } from './entry-request.js';
import type { Recorded } from './recorded.js';

/** What a route records, and how it answers. */
export interface EntryWrite<Body extends object> {
  /** Runs within the transaction, as a refund has to find its user; may run several times. */
  readonly request: (manager: EntityManager) => EntryRequest | Promise<EntryRequest>;
  readonly answer: (recorded: Recorded) => Body;
  /** What the audit names; absent: the entry itself. */
  readonly targetId?: string;
  /** The user whose account it locks, where that is known before the transaction. */
  readonly userId?: string;
}

/**
 * Records an entry for a route. A charge takes four statements: BEGIN, one that locks the account and reads, one that
 * appends the entry with all that it changes, its audit event and its kept answer, and COMMIT; a key one more, to claim
 * it, and a free text one more.
 */
@Injectable()
export class EntryWrites {
  constructor(
    private readonly writes: Writes,
    private readonly recorder: EntryRecorder,
    private readonly personalTexts: PersonalTexts,
  ) {}

  /**
   * @returns the body: 201 where the entry is new, 200 where it was known
   * @throws Problem that says why it is refused; nothing is changed then
   */
  run<Body extends object>(write: CurrentHttpWrite, entry: EntryWrite<Body>): Promise<Body> {
    const line = entry.userId ?? entry.targetId;
    return this.writes.answer(line === undefined ? write : { ...write, line }, async (manager) => {
      const asked = await entry.request(manager);
      const recorded = await this.recorder.record(asked, manager, (added, first) =>
        recordingOf([{ write, outcome: outcomeOf(added, entry) }], first),
      );
      if (recorded.outcome === 'added') await this.keepReason(asked, recorded, manager);
      return outcomeOf(recorded, entry);
    });
  }

  /** A free text lives apart from the ledger, where erasing a person finds it. */
  private async keepReason(asked: EntryRequest, recorded: Recorded, manager: EntityManager): Promise<void> {
    const { command } = asked;
    if (!('reason' in command) || command.reason === null) return;
    const text = { userId: recorded.userId, sourceId: recorded.entry.id, text: command.reason };
    await this.personalTexts.recordMany(command.type, [text], manager);
  }
}

/** What a route answers to what was recorded, and what the audit says of it. */
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
