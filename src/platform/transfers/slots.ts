import { Injectable } from '@nestjs/common';
import { EXPORTS_MAX, IMPORTS_MAX } from '../database/pool-shares.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import { Problem, type ProblemKind } from '../problem/index.js';
import { EXPORT_PROBLEMS, UPLOAD_PROBLEMS } from './transfers.problems.js';

/** How many transfers of one kind may be under way at once in this process. */
interface SlotLimits {
  /** The kind, in the plural, as a problem names it. */
  readonly plural: string;
  readonly inAll: number;
  readonly perCaller: number;
  /** The answer to a caller that has as many as it may; status 429. */
  readonly tooManyOfCaller: ProblemKind;
}

const RETRY_AFTER_SECONDS = '10';

/** Counts the transfers of one kind that are under way, in all and of each caller. */
class Slots {
  private readonly underWay = new Map<string, number>();
  private underWayInAll = 0;

  constructor(private readonly limits: SlotLimits) {}

  /**
   * Takes a slot for a transfer that begins.
   *
   * @param callerId the `sub` of the caller's token
   * @returns frees the slot; to be called once, when the transfer has ended
   * @throws Problem 429 where the caller has as many under way as it may, 503 where the process has
   */
  take(callerId: string): () => void {
    const { plural, inAll, perCaller, tooManyOfCaller } = this.limits;
    const own = this.underWay.get(callerId) ?? 0;
    if (own >= perCaller) {
      throw tryLater(
        tooManyOfCaller,
        `You have ${own} ${plural} under way, and may have ${perCaller}; wait until one has ended.`,
      );
    }
    if (this.underWayInAll >= inAll) {
      throw tryLater(
        HTTP_PROBLEMS.UNAVAILABLE,
        `${inAll} ${plural} are under way in this process already; try again when one has ended.`,
      );
    }
    this.underWay.set(callerId, own + 1);
    this.underWayInAll += 1;
    return () => this.free(callerId);
  }

  private free(callerId: string): void {
    const left = (this.underWay.get(callerId) ?? 1) - 1;
    if (left === 0) this.underWay.delete(callerId);
    else this.underWay.set(callerId, left);
    this.underWayInAll -= 1;
  }
}

function tryLater(kind: ProblemKind, detail: string): Problem {
  return new Problem(kind, detail, { headers: { 'Retry-After': RETRY_AFTER_SECONDS } });
}

/** Exports hold a connection of the pool each; see docs/contract.md, "Errors and operation". */
@Injectable()
export class ExportSlots extends Slots {
  constructor() {
    super({ plural: 'exports', inAll: EXPORTS_MAX, perCaller: 2, tooManyOfCaller: EXPORT_PROBLEMS.TOO_MANY });
  }
}

/** Imports hold a connection of the pool each, and take none from exports. */
@Injectable()
export class ImportSlots extends Slots {
  constructor() {
    super({ plural: 'imports', inAll: IMPORTS_MAX, perCaller: 2, tooManyOfCaller: UPLOAD_PROBLEMS.TOO_MANY });
  }
}
