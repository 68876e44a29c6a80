import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { compareEntries, traceEntries, type Instant } from '../../domain/index.js';
import { connectionOf } from '../../platform/database/index.js';
import type { EntryLine } from './import-line.js';
import {
  entryOfLine,
  outcomeOfRecorded,
  OWN_INTEREST,
  servesOwnInterest,
  type EntryCandidate,
} from './judge-commands.js';
import { JudgingTermsReader } from './judging-terms.js';
import type { PriceTerms } from './line-content.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { lockAccountState, type AccountState } from '../accounts/locked-account.js';
import { identityOf, type EntryRequest } from './entry-request.js';
import { assertExpiresLater } from './expiry.js';
import { LateEntry } from './late-entry.js';
import { accountOfCandidate, appendNext, candidateOf, NO_PRICES, termsOf } from './next-entry.js';
import { postingOf, type Closing, type Recorded } from './recorded.js';
import { throwIfRefused } from './refusal.js';
import { storeAppended } from '../accounts/append-entries.js';

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

    const candidate = candidateOf(request, state);
    const { line } = candidate;
    const terms = termsOf(request, state, await this.pricesFor(line, manager));
    const open = accountOfCandidate(request, candidate, state, terms);
    if ('expiresAt' in line) assertExpiresLater(line.expiresAt, line.occurredAt);
    if (!request.isCharge) await assertNoOwnInterest(candidate, request, manager);

    const entry = entryOfLine(candidate, terms);
    const { foldedTo } = open.account;
    if (foldedTo !== null && compareEntries(foldedTo, entry) > 0) {
      return this.lateEntry.record(userId, candidate, terms, manager);
    }
    const recorded = { ...appendNext(request, entry, open, state), isClosed: closing !== undefined };
    await storeAppended(await connectionOf(manager), [open], (first) => closing?.(recorded, first));
    return recorded;
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
      const { open } = await lockAccountState({ userId, entry, deploymentId: entry.id }, manager);
      if (open === null) throw new Error(`Deployment ${entry.id} is of a user without an account.`);
      return { ...known, account: open.account, posting: null };
    }
    const [history] = await this.reader.historiesOf([userId], manager);
    const { account, postings } = traceEntries(history?.entries ?? []);
    return { ...known, account, posting: postingOf(entry, postings) };
  }

  /** Prices in force are looked up only for a purchase that does not say what was paid. */
  private pricesFor(line: EntryLine, manager: EntityManager): PriceTerms | Promise<PriceTerms> {
    return line.type === 'purchase' && line.amount === null ? this.termsReader.prices(manager) : NO_PRICES;
  }
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
