import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { compareEntries, traceEntries, type Entry, type Instant } from '../../domain/index.js';
import { connectionOf } from '../../platform/database/index.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { appendEntries } from '../accounts/append-entries.js';
import { lockAccount, type LockedAccount } from '../accounts/locked-account.js';
import { closedStatementsOf } from './closed-statements.js';
import { servesOwnInterest, type EntryCandidate } from './candidate.js';
import { entryOfCommand, type EntryCommand } from './entry-command.js';
import { commandAt, type EntryRequest } from './entry-request.js';
import { JudgingTermsReader } from './judging-terms.js';
import { LateEntry } from './late-entry.js';
import { accountOfCandidate, appendNext, candidateOf, lockedFor, NO_PRICES, termsOf } from './next-entry.js';
import type { PriceTerms } from './purchase.js';
import { balanceAt, partnersOf, postingOf, type AuditOf, type Recorded } from './recorded.js';
import { assertExpiresLater, outcomeOfRecorded, OWN_INTEREST, throwIfRefused } from './refusals.js';

/**
 * Records one entry in the manager's transaction. An entry after all others of its user is folded onto the stored
 * state: one statement locks and reads, another writes. For a late entry, a reversal and a release, the user's whole
 * history is folded again.
 */
@Injectable()
export class EntryRecorder {
  constructor(
    private readonly termsReader: JudgingTermsReader,
    private readonly reader: LedgerReader,
    private readonly lateEntry: LateEntry,
  ) {}

  /**
   * @param auditOf written with the entry if that takes one statement; `isAudited` of the result is true then
   * @throws Problem with the reason if the entry is refused; nothing is changed then
   */
  async record(request: EntryRequest, manager: EntityManager, auditOf?: AuditOf): Promise<Recorded> {
    const { userId } = request;
    const state = await lockAccount(lockedFor(request), manager);
    if (state.recorded !== null) return this.known(request, state.recorded, state.now, manager);

    const candidate = candidateOf(request, state);
    const { command, module } = candidate;
    const terms = termsOf(request, state, await this.pricesFor(command, manager));
    const open = accountOfCandidate(request, candidate, state, terms);
    if ('expiresAt' in command) assertExpiresLater(command.expiresAt, command.occurredAt);
    if (!request.isCharge) await assertNoOwnInterest(candidate, request, manager);

    const entry = entryOfCommand(command, module, terms);
    const { foldedTo } = open.account;
    const balanceBefore = balanceAt(open.account, state.now);
    const isLate = foldedTo !== null && compareEntries(foldedTo, entry) > 0;
    if (isLate || needsWholeHistory(entry)) {
      const late = await this.lateEntry.record(userId, candidate, terms, manager);
      const { revenueChanges, changedPartners, ...recorded } = late;
      const changedStatements = needsWholeHistory(entry)
        ? await closedStatementsOf(recorded.changedDeployments, manager)
        : [];
      const effects = { balanceBefore, revenueChanges, changedPartners, changedStatements };
      return { ...recorded, effects };
    }
    const grossBefore = open.grossByModule();
    const appended = appendNext(request, entry, open, state);
    const revenueChanges = open.grossByModule().changesSince(grossBefore);
    const changedPartners = partnersOf(open.modulesOf(appended.changedDeployments));
    const effects = { balanceBefore, revenueChanges, changedPartners, changedStatements: [] };
    const recorded = { ...appended, effects, isAudited: auditOf !== undefined };
    await appendEntries(await connectionOf(manager), [open], (first) => auditOf?.(recorded, first));
    return recorded;
  }

  /** Returns a recorded entry with its current state. Deployments are sent again often, so they are not folded. */
  private async known(
    request: EntryRequest,
    recorded: NonNullable<LockedAccount['recorded']>,
    now: Instant,
    manager: EntityManager,
  ): Promise<Recorded> {
    const { entry, userId } = recorded;
    throwIfRefused(outcomeOfRecorded(commandAt(request, entry.occurredAt), recorded));
    const known = {
      outcome: 'known',
      userId,
      entry,
      now,
      changedDeployments: [],
      effects: null,
      isAudited: false,
    } as const;
    if (entry.type === 'deployment') {
      const { open } = await lockAccount({ userId, entry, deploymentId: entry.id }, manager);
      if (open === null) throw new Error(`Deployment ${entry.id} belongs to a user without an account.`);
      return { ...known, account: open.account, posting: null };
    }
    const [history] = await this.reader.historiesOf([userId], manager);
    const { account, postings } = traceEntries(history?.entries ?? []);
    return { ...known, account, posting: postingOf(entry, postings) };
  }

  /** Reads the prices in force only for a purchase without an amount. */
  private pricesFor(command: EntryCommand, manager: EntityManager): PriceTerms | Promise<PriceTerms> {
    const isUnpriced = command.type === 'purchase' && command.amount === null;
    return isUnpriced ? this.termsReader.prices(manager) : NO_PRICES;
  }
}

/** A reversal can touch everything that its lot ever paid, and a release everything that its reversal took. */
function needsWholeHistory({ type }: Entry): boolean {
  return type === 'purchaseReversal' || type === 'reversalRelease';
}

/** Not called for charges, because the user pays for them. */
async function assertNoOwnInterest(
  candidate: EntryCandidate,
  { userId, callerIds }: EntryRequest,
  manager: EntityManager,
): Promise<void> {
  const deployed = changesCredits(candidate.command) ? await partnersAmong(callerIds, userId, manager) : [];
  if (servesOwnInterest(candidate, userId, deployed, callerIds)) throwIfRefused(OWN_INTEREST);
}

/** Whether the command changes which credits a user has, and so what the partners of deployed modules earn. */
function changesCredits({ type }: EntryCommand): boolean {
  return type === 'award' || type === 'purchase' || type === 'purchaseReversal' || type === 'reversalRelease';
}

/** Returns those partners whose modules the user has deployed. */
async function partnersAmong(
  partnerIds: ReadonlySet<string>,
  userId: string,
  manager: EntityManager,
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM unnest($1::text[]) AS id
     WHERE EXISTS (SELECT FROM deployment_revenue WHERE partner_id = id AND user_id = $2)`,
    [[...partnerIds], userId],
  );
  return rows.map(({ id }) => id);
}
