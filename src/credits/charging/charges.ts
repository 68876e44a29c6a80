import { Injectable } from '@nestjs/common';
import { firstAnswer, respond } from '../../audit/index.js';
import { PATIENCE_MS, Semaphore } from '../../platform/database/index.js';
import { HTTP_PROBLEMS } from '../../platform/http/index.js';
import { keyInFlight, type IdempotencyKey } from '../../platform/idempotency/index.js';
import { Problem } from '../../platform/problem/index.js';
import { EntryWrites } from '../commands/entry-writes.js';
import { ChargeGroup } from './charge-group.js';
import { ChargeQueue } from './charge-queue.js';
import type { Charge } from './charge.js';

/** Groups that run at once: while PostgreSQL executes or flushes one, this process prepares another. */
const GROUPS_MAX = 2;
/** Fewer charges are not divided among groups, because the fixed cost of a group would be shared by too few. */
const GROUP_SIZE_MIN = 8;
/** Larger groups save no more per charge, and each charge waits longer for the others. */
const GROUP_SIZE_MAX = 32;
/**
 * Charges that run alone at the same time. Each can wait for a lock and occupies a connection of the pool meanwhile.
 */
const ALONE_MAX = 4;

/** A charge in the queue. */
interface WaitingCharge extends Charge {
  readonly since_ms: number;
  readonly resolve: (body: object) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes charges that wait at the same time in one transaction. No charge waits for later ones: a group consists of the
 * charges that arrived while earlier groups were running. In rare cases a charge runs alone, like every other entry.
 */
@Injectable()
export class Charges {
  private readonly queue = new ChargeQueue<WaitingCharge>();
  private readonly runningKeys = new Set<string>();
  private readonly chargesAlone = new Semaphore(ALONE_MAX);
  private groups = 0;
  private isStarting = false;

  constructor(
    private readonly group: ChargeGroup,
    private readonly entries: EntryWrites,
  ) {}

  /**
   * Charges a user now.
   *
   * @returns the body of the answer; status and headers are already set
   * @throws Problem with the reason if the charge is refused; nothing is changed then
   */
  async charge<Body extends object>(charge: Charge<Body>): Promise<Body> {
    const { idempotencyKey } = charge.write;
    const key = idempotencyKey === null ? null : nameOf(idempotencyKey);
    if (key === null) return this.wait(charge);
    // Checked here, because in one group both requests with the key would be in the same transaction.
    if (this.runningKeys.has(key)) throw keyInFlight((idempotencyKey as IdempotencyKey).key);
    this.runningKeys.add(key);
    try {
      return await this.wait(charge);
    } finally {
      this.runningKeys.delete(key);
    }
  }

  private wait<Body extends object>(charge: Charge<Body>): Promise<Body> {
    return new Promise((resolve, reject) => {
      const { since_ms = performance.now() } = charge.write;
      const waiting = { ...charge, since_ms, resolve: (body: object) => resolve(body as Body), reject };
      this.queue.add(charge.request.userId, waiting);
      this.startSoon();
    });
  }

  /** Starts groups after all requests that have already arrived are in the queue. */
  private startSoon(): void {
    if (this.isStarting || this.groups >= GROUPS_MAX || this.queue.readyCount === 0) return;
    this.isStarting = true;
    setImmediate(() => {
      this.isStarting = false;
      // Divided among the groups that can start. Clients that get their answers together send their next charges
      // together; with a single group, the process and PostgreSQL would be idle in turn.
      const share = Math.ceil(this.queue.readyCount / (GROUPS_MAX - this.groups));
      const size = Math.min(Math.max(share, GROUP_SIZE_MIN), GROUP_SIZE_MAX);
      void this.runGroup(this.queue.take(size));
      this.startSoon();
    });
  }

  private async runGroup(taken: readonly WaitingCharge[]): Promise<void> {
    const charges = taken.filter(isStillAwaited);
    this.groups += 1;
    const verdicts = await this.group.run(charges).catch((error: unknown) => {
      for (const { reject } of charges) reject(error);
      return [];
    });
    this.groups -= 1;
    const undecided = new Map<string, Undecided>(
      taken.map(({ request }) => [request.userId, { alone: [], locked: [] }]),
    );
    for (const [index, verdict] of verdicts.entries()) {
      const charge = charges[index] as WaitingCharge;
      if (verdict.kind === 'answered') charge.resolve(respond(charge.write, firstAnswer(verdict.outcome)));
      else if (verdict.kind === 'refused') charge.reject(verdict.problem);
      else undecided.get(charge.request.userId)?.[verdict.kind].push(charge);
    }
    for (const [userId, ofUser] of undecided) void this.finishUser(userId, ofUser);
  }

  /**
   * Makes a user's undecided charges alone and releases the user. If the account was locked, only one charge waits for
   * the lock, and the others wait in the queue; so a lock that is held for long occupies one connection.
   */
  private async finishUser(userId: string, { alone, locked }: Undecided): Promise<void> {
    this.queue.putBack(userId, locked.slice(1));
    const next = [...alone, ...locked.slice(0, 1)];
    if (next.length > 0)
      await Promise.all(next.map((charge) => this.chargesAlone.take(() => this.chargeAlone(charge))));
    this.queue.release(userId);
    this.startSoon();
  }

  private async chargeAlone(charge: WaitingCharge): Promise<void> {
    if (isStillAwaited(charge)) {
      await this.entries.run(charge.write, charge.entry).then(charge.resolve, charge.reject);
    }
  }
}

/** Charges of one user that a group did not decide. */
interface Undecided {
  readonly alone: WaitingCharge[];
  readonly locked: WaitingCharge[];
}

/** Rejects a charge that has waited for too long; returns false then. */
function isStillAwaited({ since_ms, reject }: WaitingCharge): boolean {
  if (performance.now() - since_ms <= PATIENCE_MS) return true;
  const detail = 'Another change has locked the account for too long. Send the request again.';
  reject(new Problem(HTTP_PROBLEMS.UNAVAILABLE, detail, { headers: { 'Retry-After': '1' } }));
  return false;
}

/** Joins with a line break, because ids and keys contain none. */
function nameOf({ callerId, key }: IdempotencyKey): string {
  return `${callerId}\n${key}`;
}
