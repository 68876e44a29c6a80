import { HttpStatus, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordingOf, Writes, type CurrentHttpWrite, type WriteOutcome } from '../../audit/index.js';
import { PersonalTexts } from '../../users/index.js';
import { EntryRecorder } from '../recording/entry-recorder.js';
import type { EntryRequest } from '../recording/entry-request.js';
import type { Recorded } from '../recording/recorded.js';

/** What a route records, and how it answers. */
export interface EntryWrite<Body extends object> {
  /** Asks within the transaction, as a refund has to find out whose it is; may run several times. */
  readonly request: (manager: EntityManager) => EntryRequest | Promise<EntryRequest>;
  readonly answer: (recorded: Recorded) => Body;
  /** What the audit names; absent: the entry itself. */
  readonly targetId?: string;
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
  run<Body extends object>(
    write: CurrentHttpWrite,
    { request, answer, targetId }: EntryWrite<Body>,
  ): Promise<Body> {
    const outcomeOf = (recorded: Recorded): WriteOutcome<Body> => ({
      status: recorded.outcome === 'added' ? HttpStatus.CREATED : HttpStatus.OK,
      body: answer(recorded),
      outcome: recorded.outcome === 'added' ? 'done' : 'known',
      targetId: targetId ?? recorded.entry.id,
      details: {
        userId: recorded.userId,
        ...(targetId === undefined ? {} : { externalId: recorded.entry.id }),
      },
      isRecorded: recorded.isClosed,
    });
    return this.writes.answer(write, async (manager) => {
      const asked = await request(manager);
      const recorded = await this.recorder.record(asked, manager, (added, first) =>
        recordingOf(write, outcomeOf(added), first),
      );
      if (recorded.outcome === 'added') await this.keepReason(asked, recorded, manager);
      return outcomeOf(recorded);
    });
  }

  /** A free text lives apart from the ledger, where erasing a person finds it. */
  private async keepReason(asked: EntryRequest, recorded: Recorded, manager: EntityManager): Promise<void> {
    const { entry, userId } = recorded;
    const line = asked.lineAt(entry.occurredAt);
    if (!('reason' in line) || line.reason === null) return;
    await this.personalTexts.recordMany(
      line.type,
      [{ userId, sourceId: entry.id, text: line.reason }],
      manager,
    );
  }
}
