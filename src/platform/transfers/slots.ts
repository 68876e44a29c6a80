import { Injectable } from '@nestjs/common';
import { EXPORTS_MAX, IMPORTS_MAX } from '../database/pool-shares.js';
import { HTTP_PROBLEMS } from '../problem/http.problems.js';
import { Problem, type ProblemKind } from '../problem/index.js';
import { EXPORT_PROBLEMS, UPLOAD_PROBLEMS } from './transfers.problems.js';

/** Limits of concurrent transfers of one kind in this process. */
interface SlotLimits {
  /** Plural name of the kind, for messages. */
  readonly plural: string;
  readonly inAll: number;
  readonly perCaller: number;
  /** Problem for a caller who has reached the limit; status 429. */
  readonly tooManyOfCaller: ProblemKind;
}

const RETRY_AFTER_SECONDS = '10';

/** Counts the running transfers of one kind, in total and by caller. */
class Slots {
  private readonly runningByCaller = new Map<string, number>();
  private runningInAll = 0;

  constructor(private readonly limits: SlotLimits) {}

  /**
   * Takes a slot for a transfer.
   *
   * @param callerId the `sub` of the caller's token
   * @returns a function that frees the slot; it must be called once, when the transfer has ended
   * @throws Problem 429 if the caller has reached the limit, 503 if the process has
   */
  take(callerId: string): () => void {
    const { plural, inAll, perCaller, tooManyOfCaller } = this.limits;
    const own = this.runningByCaller.get(callerId) ?? 0;
    if (own >= perCaller) {
      throw tryLater(
        tooManyOfCaller,
        `You already have ${own} ${plural} running, which is the limit. Wait until one has ended.`,
      );
    }
    if (this.runningInAll >= inAll) {
      throw tryLater(
        HTTP_PROBLEMS.UNAVAILABLE,
        `This process already has ${inAll} ${plural} running, which is the limit. Try again when one has ended.`,
      );
    }
    this.runningByCaller.set(callerId, own + 1);
    this.runningInAll += 1;
    return () => this.free(callerId);
  }

  private free(callerId: string): void {
    const left = (this.runningByCaller.get(callerId) ?? 1) - 1;
    if (left === 0) this.runningByCaller.delete(callerId);
    else this.runningByCaller.set(callerId, left);
    this.runningInAll -= 1;
  }
}

function tryLater(kind: ProblemKind, detail: string): Problem {
  return new Problem(kind, detail, { headers: { 'Retry-After': RETRY_AFTER_SECONDS } });
}

/** Each export uses a connection of the pool; see docs/contract.md, "Errors and operation". */
@Injectable()
export class ExportSlots extends Slots {
  constructor() {
    super({ plural: 'exports', inAll: EXPORTS_MAX, perCaller: 2, tooManyOfCaller: EXPORT_PROBLEMS.TOO_MANY });
  }
}

/** Each import uses a connection of the pool; exports have their own limit. */
@Injectable()
export class ImportSlots extends Slots {
  constructor() {
    super({ plural: 'imports', inAll: IMPORTS_MAX, perCaller: 2, tooManyOfCaller: UPLOAD_PROBLEMS.TOO_MANY });
  }
}
