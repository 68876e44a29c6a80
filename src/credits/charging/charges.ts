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

/** Groups under way at once: while PostgreSQL works on one or flushes it, this process prepares another. */
const GROUPS_MAX = 2;
/** Fewer charges are not divided among groups: what a group costs by itself would be saved by too few. */
const GROUP_SIZE_MIN = 8;
/** Charges of a group: beyond so many, sharing a transaction saves nothing more and each waits longer for the others. */
const GROUP_SIZE_MAX = 32;
/** Charges that run alone at once. They may wait for a lock, each with a connection of the pool, which others need too. */
const ALONE_MAX = 4;

/** A charge in its line. */
interface WaitingCharge extends Charge {
  readonly since_ms: number;
  readonly resolve: (body: object) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Takes charges that wait at the same time into one transaction. None waits for others to come: a group is what has
 * gathered while the ones before it were under way. Whoever meets anything rare is charged alone, as every other entry is.
 */
@Injectable()
export class Charges {
  private readonly queue = new ChargeQueue<WaitingCharge>();
  private readonly keysUnderWay = new Set<string>();
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
   * @returns the body of the answer, whose status and headers are set
   * @throws Problem that says why it is refused; nothing is changed then
   */
  async charge<Body extends object>(charge: Charge<Body>): Promise<Body> {
    const { idempotencyKey } = charge.write;
    const key = idempotencyKey === null ? null : nameOf(idempotencyKey);
    if (key === null) return this.wait(charge);
    // Its twin is being answered by this very process, where the database would see one holder of one lock.
    if (this.keysUnderWay.has(key)) throw keyInFlight((idempotencyKey as IdempotencyKey).key);
    this.keysUnderWay.add(key);
    try {
      return await this.wait(charge);
    } finally {
      this.keysUnderWay.delete(key);
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

  /** After whatever else has arrived by now has joined the queue. */
  private startSoon(): void {
    if (this.isStarting || this.groups >= GROUPS_MAX || this.queue.readyCount === 0) return;
    this.isStarting = true;
    setImmediate(() => {
      this.isStarting = false;
      // Divided among the groups that can start, as who is answered together comes again together: one group of all would
      // leave this process idle while PostgreSQL works, and PostgreSQL idle while this process does.
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
    const left = new Map<string, Left>(
      taken.map(({ request }) => [request.userId, { alone: [], locked: [] }]),
    );
    for (const [index, verdict] of verdicts.entries()) {
      const charge = charges[index] as WaitingCharge;
      if (verdict.kind === 'answered') charge.resolve(respond(charge.write, firstAnswer(verdict.outcome)));
      else if (verdict.kind === 'refused') charge.reject(verdict.problem);
      else left.get(charge.request.userId)?.[verdict.kind].push(charge);
    }
    for (const [userId, ofUser] of left) void this.goOn(userId, ofUser);
  }

  /**
   * Charges alone whom the group has left, and lets the user's line go on. Of those that found the account locked one
   * waits for it, and the others for that one: a lock that is held for long keeps one connection, not all of them.
   */
  private async goOn(userId: string, { alone, locked }: Left): Promise<void> {
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

/** Whom a group has left, of one user. */
interface Left {
  readonly alone: WaitingCharge[];
  readonly locked: WaitingCharge[];
}

/** False where it has waited for too long, which it is told. */
function isStillAwaited({ since_ms, reject }: WaitingCharge): boolean {
  if (performance.now() - since_ms <= PATIENCE_MS) return true;
  const detail = 'The account is busy with another change that does not end; send the request again.';
  reject(new Problem(HTTP_PROBLEMS.UNAVAILABLE, detail, { headers: { 'Retry-After': '1' } }));
  return false;
}

/** Neither an id nor a key has a line break in it. */
function nameOf({ callerId, key }: IdempotencyKey): string {
  return `${callerId}\n${key}`;
}
