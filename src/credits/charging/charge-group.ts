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
 * Makes several charges in one transaction: BEGIN, one statement that claims their keys (if there are any), one that
 * locks and reads their accounts, one that writes all results (unless all are refused), COMMIT. Charges do not affect
 * each other: refused charges, and those that must run alone, are left out of the writing statement.
 */
@Injectable()
export class ChargeGroup {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * @param charges charges of the same user are made in order; no two have the same `Idempotency-Key`
   * @returns the verdict on each charge, in their order, after the commit
   * @throws the error of a database that cannot be reached. After any other error all charges run alone, so that the
   *         error affects only the charge that causes it
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

/** Returns the charges without a key, and those whose key was new and is claimed now. */
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
 * @param ids the ids of the entries that the group appends
 * @param open the accounts that the group changes
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
    // The answer is built now, because the next charge of this user changes the account.
    return { kind: 'answered', outcome: outcomeOf(recorded, entry) };
  } catch (error) {
    if (error instanceof Problem) return { kind: 'refused', problem: error };
    throw error;
  }
}
