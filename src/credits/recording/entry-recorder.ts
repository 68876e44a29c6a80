import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  applyEntry,
  availableCredits,
  compareEntries,
  formatDecimal,
  isRefunding,
  judgeNext,
  traceEntries,
  type Account,
  type Entry,
  type Instant,
} from '../../domain/index.js';
import { connectionOf } from '../../platform/database/index.js';
import { Problem } from '../../platform/problem/index.js';
import { CREDITS_PROBLEMS } from '../credits.problems.js';
import type { EntryLine } from '../lines/import-line.js';
import {
  entryOfLine,
  outcomeOfRecorded,
  OWN_INTEREST,
  refusalOutcome,
  servesOwnInterest,
  staticOutcome,
  type EntryCandidate,
  type JudgingTerms,
} from '../judging/judge-lines.js';
import { JudgingTermsReader } from '../judging/judging-terms-reader.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { addAccountRows, emptyProjection, type ProjectionRows } from '../projection/projection-rows.js';
import { lockAccountState, type AccountState } from './account-state.js';
import { identityOf, type EntryRequest } from './entry-request.js';
import { assertExpiresLater } from './expiry.js';
import { LateEntry } from './late-entry.js';
import { postingOf, type Closing, type Recorded } from './recorded.js';
import { throwIfRefused } from './refusal.js';
import { appendEntry, changeBetween } from './state-writer.js';

/**
 * Records one entry in the manager's transaction. An entry at the end of a user's time continues from the stored
 * state: one statement locks and reads, one writes. A late one folds that user again.
 */
@Injectable()
export class EntryRecorder {
  constructor(
    private readonly termsReader: JudgingTermsReader,
    private readonly reader: LedgerReader,
    private readonly lateEntry: LateEntry,
  ) {}

  /**
   * @param closing written with the entry where that takes one statement; `isClosed` says whether it was
   * @throws Problem that says why the entry is refused; nothing is changed then
   */
  async record(request: EntryRequest, manager: EntityManager, closing?: Closing): Promise<Recorded> {
    const { type, id, moduleId, deploymentId } = identityOf(request);
    const { userId } = request;
    const state = await lockAccountState({ userId, entry: { type, id }, moduleId, deploymentId }, manager);
    if (state.recorded !== null) return this.known(request, state.recorded, state.now, manager);

    const { account } = state;
    const time = request.statedTime ?? timeOfNow(state);
    const line = request.lineAt(time);
    const candidate: EntryCandidate = { number: 0, line, module: state.module, recorded: null };
    const terms = await this.termsFor(line, request, state, manager);
    throwIfRefused(staticOutcome(candidate, account !== null, terms));
    if (account === null) throw new Error('A request of an unknown user was not refused.');
    if ('expiresAt' in line) assertExpiresLater(line.expiresAt, line.occurredAt);
    if (!request.isCharge) await assertNoOwnInterest(candidate, request, manager);

    const entry = entryOfLine(candidate, terms);
    if (account.foldedTo !== null && compareEntries(account.foldedTo, entry) > 0) {
      return this.lateEntry.record(userId, candidate, terms, manager);
    }
    if (request.isCharge) assertChargeable(account, entry, state);
    return append(request, account, entry, state, manager, closing);
  }

  /** What is recorded already is told as it stands now; a deployment, the one that is asked again often, cheaply. */
  private async known(
    request: EntryRequest,
    recorded: NonNullable<AccountState['recorded']>,
    now: Instant,
    manager: EntityManager,
  ): Promise<Recorded> {
    const { entry, userId } = recorded;
    throwIfRefused(outcomeOfRecorded(request.lineAt(request.statedTime ?? entry.occurredAt), recorded));
    const known = { outcome: 'known', userId, entry, now, changedDeployments: [], isClosed: false } as const;
    if (entry.type === 'deployment') {
      const { account } = await lockAccountState({ userId, entry, deploymentId: entry.id }, manager);
      if (account === null) throw new Error(`Deployment ${entry.id} is of a user without an account.`);
      return { ...known, account, posting: null };
    }
    const [history] = await this.reader.historiesOf([userId], manager);
    const { account, postings } = traceEntries(history?.entries ?? []);
    return { ...known, account, posting: postingOf(entry, postings) };
  }

  /** Prices in force are looked up only for a purchase that does not say what was paid. */
  private async termsFor(
    line: EntryLine,
    request: EntryRequest,
    state: AccountState,
    manager: EntityManager,
  ): Promise<JudgingTerms> {
    const prices =
      line.type === 'purchase' && line.amount === null
        ? await this.termsReader.prices(manager)
        : { creditsPerUnitChanges: [], creditsPerUnitDefault: 1n };
    // A time that was not stated cannot lie ahead, not even where the clock has been set back since the last entry.
    const now = request.statedTime === null ? timeOfNow(state) : state.now;
    return { now, importerIds: request.callerIds, ...prices };
  }
}

/** The database's clock, or right after the user's last entry where that is later (docs/rules.md, "Entries"). */
function timeOfNow({ now, account }: AccountState): Instant {
  const last = account?.foldedTo?.occurredAt ?? now - 1n;
  return last < now ? now : last + 1n;
}

/** A charge takes what a user has and pays its price: it needs no such care. */
async function assertNoOwnInterest(
  candidate: EntryCandidate,
  { userId, callerIds }: EntryRequest,
  manager: EntityManager,
): Promise<void> {
  const isIncoming = candidate.line.type === 'award' || candidate.line.type === 'purchase';
  const deployed = isIncoming ? await partnersAmong(callerIds, userId, manager) : [];
  if (servesOwnInterest(candidate, userId, deployed, callerIds)) throwIfRefused(OWN_INTEREST);
}

/** Which of these partners' modules the user deploys. */
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

function assertChargeable(account: Account, entry: Entry, state: AccountState): void {
  if (entry.type !== 'deployment') throw new Error(`A ${entry.type} is no charge.`);
  if (state.module?.archived === true) {
    throw new Problem(
      CREDITS_PROBLEMS.MODULE_ARCHIVED,
      `Module ${entry.moduleId} is archived and takes no new deployments; deploy the one that replaces it.`,
    );
  }
  const available = availableCredits(account, entry.pool, entry.occurredAt);
  if (available >= entry.credits) return;
  const kindOfCredits = entry.pool === 'purchased' ? 'purchased credits' : 'credits';
  throw new Problem(
    CREDITS_PROBLEMS.INSUFFICIENT,
    `The deployment costs ${formatDecimal(entry.credits)} ${kindOfCredits} and ${formatDecimal(available)} are there; buy ${formatDecimal(entry.credits - available)} more.`,
    {
      extra: {
        required: formatDecimal(entry.credits),
        available: formatDecimal(available),
        missing: formatDecimal(entry.credits - available),
      },
    },
  );
}

async function append(
  { userId }: EntryRequest,
  account: Account,
  entry: Entry,
  state: AccountState,
  manager: EntityManager,
  closing: Closing | undefined,
): Promise<Recorded> {
  const refusal = isRefunding(entry) ? judgeNext(account, entry) : null;
  if (refusal !== null) throwIfRefused(refusalOutcome(refusal));
  const deployedModules = new Map(state.deployedModules);
  if (entry.type === 'deployment') {
    deployedModules.set(entry.id, { moduleId: entry.moduleId, partnerId: state.module?.partnerId ?? null });
  }
  const rowsOf = (entries: number): ProjectionRows => {
    const rows = emptyProjection();
    addAccountRows(rows, { userId, entries, deployedModules }, account);
    return rows;
  };
  const before = rowsOf(state.entries);
  const posting = applyEntry(account, entry);
  const change = changeBetween(before, rowsOf(state.entries + 1));
  const changedDeployments = change.upserts.deployments
    .map(([, deploymentId]) => deploymentId as string)
    .sort();
  const isClosed = closing !== undefined;
  const { now } = state;
  const recorded = { userId, entry, posting, account, now, changedDeployments, isClosed };
  const added: Recorded = { outcome: 'added', ...recorded };
  await appendEntry(await connectionOf(manager), userId, entry, change, (first) => closing?.(added, first));
  return added;
}
