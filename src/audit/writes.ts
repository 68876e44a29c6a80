import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { connectionOf, inWriteTransaction, preparedQuery } from '../platform/database/index.js';
import { claimKey, type KeptAnswer } from '../platform/idempotency/index.js';
import type { CurrentHttpWrite } from './current-write.decorator.js';
import { recordingOf } from './recording.js';
import type { Answer, Write, WriteOutcome } from './write.js';

/** Header that marks a replayed answer: nothing was done, because the request was answered before. */
const REPLAYED_HEADER = 'Idempotency-Replayed';

/**
 * Runs every write: the change, its audit event and its kept answer commit together or not at all. In addition to the
 * work's own statements it needs BEGIN, one statement to claim the key (none without a key), one to record (none if the
 * work has done it), and COMMIT.
 */
@Injectable()
export class Writes {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs a change in a transaction, again if it lost a race with another.
   *
   * @param work must make the change only through this manager, and can run several times. If it throws a `Problem`,
   *   all changes are rolled back and no answer is kept, so the request can be sent again with its key
   * @returns the answer; the stored one if the same request with this key was answered before
   * @throws Problem of IDEMPOTENCY_PROBLEMS, 503 if the wait for other writers was too long; also errors of the work
   */
  async run<Body extends object>(
    write: Write,
    work: (manager: EntityManager) => Promise<WriteOutcome<Body>>,
  ): Promise<Answer<Body>> {
    return inWriteTransaction(this.dataSource, ({ manager }) => runIn(manager, write, work), write);
  }

  /**
   * Runs a change like `run` and takes it back: no change, event or answer is kept, and an idempotency key is neither
   * claimed nor replayed.
   *
   * @param work must not run `recordingOf` in its own statement
   */
  async preview<Body extends object>(
    write: CurrentHttpWrite,
    work: (manager: EntityManager) => Promise<WriteOutcome<Body>>,
  ): Promise<Body> {
    try {
      return await inWriteTransaction(
        this.dataSource,
        async ({ manager }) => {
          throw new Previewed(await work(manager));
        },
        write,
      );
    } catch (error) {
      if (!(error instanceof Previewed)) throw error;
      return respond(write, firstAnswer(error.outcome as WriteOutcome<Body>));
    }
  }

  /** Like `run`, for a route: sets the answer's status and headers, and returns its body. */
  async answer<Body extends object>(
    write: CurrentHttpWrite,
    work: (manager: EntityManager) => Promise<WriteOutcome<Body>>,
  ): Promise<Body> {
    return respond(write, await this.run(write, work));
  }
}

/** Ends the transaction of a preview, so that it is rolled back, with its outcome. */
class Previewed extends Error {
  override readonly name = 'Previewed';

  constructor(readonly outcome: WriteOutcome<object>) {
    super('A preview is rolled back.');
  }
}

/** Sets the status and headers of an HTTP answer, and returns its body. */
export function respond<Body>({ response }: CurrentHttpWrite, answer: Answer<Body>): Body {
  const { status, headers, body, isReplay } = answer;
  response.status(status).set(headers);
  if (isReplay) response.set(REPLAYED_HEADER, 'true');
  return body;
}

/** The answer to a write that was made now. */
export function firstAnswer<Body>({ status, headers = {}, body }: WriteOutcome<Body>): Answer<Body> {
  return { status, headers, body, isReplay: false };
}

async function runIn<Body extends object>(
  manager: EntityManager,
  write: Write,
  work: (manager: EntityManager) => Promise<WriteOutcome<Body>>,
): Promise<Answer<Body>> {
  const { idempotencyKey } = write;
  const kept = idempotencyKey === null ? null : await claimKey(manager, idempotencyKey);
  if (kept !== null) return replayOf(kept);
  const outcome = await work(manager);
  if (outcome.isRecorded !== true) {
    const { ctes, parameters } = recordingOf([{ write, outcome }]);
    await preparedQuery(await connectionOf(manager), `WITH ${ctes} SELECT`, parameters);
  }
  return firstAnswer(outcome);
}

/** Parsing and stringifying reproduces the stored text, because JSON.stringify wrote it. */
function replayOf<Body>({ status, headers, body }: KeptAnswer): Answer<Body> {
  return { status, headers, body: JSON.parse(body) as Body, isReplay: true };
}
