import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { recordingOf } from '../../audit/index.js';
import { commit, connectionOf } from '../../platform/database/index.js';
import { isOutOfReach } from '../../platform/http/index.js';
import { claimFreshKeys, type IdempotencyKey } from '../../platform/idempotency/index.js';
import { Problem } from '../../platform/problem/index.js';
import { outcomeOf } from '../commands/entry-writes.js';
import { appendEntries } from '../accounts/append-entries.js';
import { lockFreeAccounts, type LockedAccount, type LockedElsewhere } from '../accounts/locked-account.js';
import type { OpenAccount } from '../accounts/open-account.js';
import { appendCharge, lockedFor } from '../commands/next-entry.js';
import type { Charge, Verdict } from './charge.js';

const ALONE: Verdict = { kind: 'alone' };

/**
 * Makes several charges in one transaction: BEGIN, one statement that claims their keys (none without keys), one that
 * locks their accounts and reads, one that writes all that they leave behind (none where all are refused), COMMIT. What
 * one of them meets touches no other: who is refused, or belongs on the path of one alone, is left out of the writing.
 */
@Injectable()
export class ChargeGroup {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * @param charges several of one user are made one after the other; no two with one `Idempotency-Key`
   * @returns what became of each, in their order, once it is committed
   * @throws what a database that is out of reach throws; whatever else goes wrong sends all of them on alone, where the
   *         one whose fault it is meets it again
   */
  async run(charges: readonly Charge[]): Promise<Verdict[]> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const verdicts = await make(charges, runner.manager);
      await commit(runner);
      return verdicts;
    } catch (error) {
      await runner.rollbackTransaction().catch(() => {});
      if (isOutOfReach(error)) throw error;
      return charges.map(() => ALONE);
    } finally {
      await runner.release();
    }
  }
}

async function make(charges: readonly Charge[], manager: EntityManager): Promise<Verdict[]> {
  const claimed = await claimedAmong(charges, manager);
  const states = await statesOf(claimed, manager);
  const open = new Set<OpenAccount>();
  const ids = new Set<string>();
  const verdicts = charges.map((charge) => verdictOn(charge, states.get(charge), ids, open));
  const ended = charges.flatMap(({ write }, index) => {
    const verdict = verdicts[index];
    return verdict?.kind === 'answered' ? [{ write, outcome: verdict.outcome }] : [];
  });
  if (ended.length > 0) {
    await appendEntries(await connectionOf(manager), [...open], (first) => recordingOf(ended, first));
  }
  return verdicts;
}

/** The charges without a key, and those whose key is theirs and new. */
async function claimedAmong(charges: readonly Charge[], manager: EntityManager): Promise<Charge[]> {
  const keyed = charges.filter(({ write }) => write.idempotencyKey !== null);
  if (keyed.length === 0) return [...charges];
  const isFresh = await claimFreshKeys(
    manager,
    keyed.map(({ write }) => write.idempotencyKey as IdempotencyKey),
  );
  const others = new Set(keyed.filter((_, index) => !isFresh[index]));
  return charges.filter((charge) => !others.has(charge));
}

async function statesOf(
  charges: readonly Charge[],
  manager: EntityManager,
): Promise<Map<Charge, LockedAccount | LockedElsewhere>> {
  if (charges.length === 0) return new Map();
  const states = await lockFreeAccounts(
    charges.map(({ request }) => lockedFor(request)),
    manager,
  );
  return new Map(states.map((state, index) => [charges[index] as Charge, state]));
}

/**
 * @param ids of the entries that the group appends
 * @param open the accounts that it changes
 */
function verdictOn(
  { request, entry }: Charge,
  state: LockedAccount | LockedElsewhere | undefined,
  ids: Set<string>,
  open: Set<OpenAccount>,
): Verdict {
  if (state === undefined) return ALONE;
  if ('lockedElsewhere' in state) return state.lockedElsewhere === 'account' ? { kind: 'locked' } : ALONE;
  const { id } = request.command;
  if (state.recorded !== null || ids.has(id)) return ALONE;
  try {
    const recorded = appendCharge(request, state);
    ids.add(id);
    if (state.open !== null) open.add(state.open);
    // Told at once, before the next charge of this user changes the account.
    return { kind: 'answered', outcome: outcomeOf(recorded, entry) };
  } catch (error) {
    if (error instanceof Problem) return { kind: 'refused', problem: error };
    throw error;
  }
}
