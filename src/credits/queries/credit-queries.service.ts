import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  accountAt,
  emptyAccount,
  foldEntries,
  formatInstant,
  traceEntries,
  type Account,
  type Entry,
  type Instant,
  type LedgerPosition,
} from '../../domain/index.js';
import { ReportSnapshots, Snapshots, type Snapshot } from '../../platform/database/index.js';
import type { Order } from '../../platform/paging/index.js';
import { PersonalTexts } from '../../users/index.js';
import {
  TimeRanges,
  VariablesService,
  type TimeRange,
  type TimeRangeRequest,
} from '../../variables/index.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { CreditAccountEntity } from '../accounts/credit-account.entity.js';
import { historyItems, comesAfter, type HistoryItem } from './history-item.js';
import { historyCursor, historyPosition } from './history-cursor.js';
import { instantOf, readStoredAccount } from '../accounts/stored-account.js';
import { userNotFound, type CreditsSubject } from './credits-subject.js';

const ORDER_DEFAULT: Order = 'asc';

/** The requested range and order of a history. */
export interface HistoryRequest extends TimeRangeRequest {
  /** The history up to this instant, including entries that were recorded later; null for now. */
  readonly asOf: Instant | null;
  /** Oldest first if absent. */
  readonly order?: Order;
}

/** Returns the free text of an entry; undefined if the caller must not read texts. */
export type ReasonOf = (position: LedgerPosition) => string | null | undefined;

/** The requested part of a history, in the requested order, with the other data of the answer. */
export interface History {
  readonly items: readonly HistoryItem[];
  readonly range: TimeRange & { readonly timeZone: string };
  readonly snapshotAt: Instant;
  readonly reasonOf: ReasonOf;
}

/** A page of a history, and the filter that was applied. */
export interface HistoryPage extends Pick<History, 'items' | 'snapshotAt' | 'reasonOf'> {
  readonly filter: HistoryFilter;
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** The filter and order of a history as part of the answer; instants are text. */
type HistoryFilter = Omit<History['range'], 'from' | 'to'> & {
  readonly from: string | null;
  readonly to: string | null;
  readonly asOf: string | null;
  readonly order: Order;
};

/** The credits that a user can spend and owes at an instant. */
export interface BalanceAt extends Pick<Account, 'balance' | 'openLots'> {
  readonly at: Instant;
}

/** Reads balances and histories of users, folded from the ledger. */
@Injectable()
export class CreditQueries {
  constructor(
    private readonly primary: Snapshots,
    private readonly snapshots: ReportSnapshots,
    private readonly ledger: LedgerReader,
    private readonly texts: PersonalTexts,
    private readonly timeRanges: TimeRanges,
    private readonly variables: VariablesService,
  ) {}

  /**
   * Returns the credits that a user can spend and owes.
   *
   * @param asOf entries and expiries up to it count, including entries that were recorded later; null for now, which is
   *        the stored state without lots that expired since
   * @throws Problem 404 if there is no such user
   */
  async balance(subject: CreditsSubject, asOf: Instant | null): Promise<BalanceAt> {
    return this.primary.read(async ({ manager, takenAt }) => {
      const at = asOf ?? instantOf(takenAt);
      return { ...(await this.accountOf(subject, asOf, at, manager)), at };
    });
  }

  /**
   * Returns a page of a user's history.
   *
   * @throws Problem 404 if there is no such user; 400 for an invalid range, time zone or cursor
   */
  async historyPage(
    subject: CreditsSubject,
    request: HistoryRequest,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<HistoryPage> {
    const { items, range, snapshotAt, reasonOf } = await this.history(subject, request);
    const { asOf, order = ORDER_DEFAULT } = request;
    const filter: HistoryFilter = {
      ...range,
      from: range.from?.at ?? null,
      to: range.to?.at ?? null,
      asOf: asOf === null ? null : formatInstant(asOf),
      order,
    };
    const list = { name: 'credit-history', userId: subject.userId, filter };
    const position = cursor === undefined ? null : historyPosition(cursor, list);
    const rest = position === null ? items : items.filter((item) => comesAfter(item, position, order));
    const onPage = rest.slice(0, limit);
    const last = onPage.at(-1);
    const goesOn = rest.length > limit && last !== undefined;
    const nextCursor = goesOn ? historyCursor(last, list) : null;
    return { items: onPage, filter, snapshotAt, reasonOf, nextCursor };
  }

  /**
   * Returns the whole requested history.
   *
   * @param signal aborting it frees the database connection at once
   * @throws Problem 404 if there is no such user; 400 for an invalid range or time zone
   */
  async history(subject: CreditsSubject, request: HistoryRequest, signal?: AbortSignal): Promise<History> {
    await this.timeRanges.check(request);
    return this.snapshots.read((snapshot) => this.readFrom(snapshot, subject, request), signal);
  }

  private async readFrom(
    { manager, takenAt }: Snapshot,
    subject: CreditsSubject,
    request: HistoryRequest,
  ): Promise<History> {
    const entries = await this.entriesOf(subject, request.asOf, manager);
    if (entries.length === 0) await assertKnown(subject, manager);
    const { timeZone } = await this.variables.current(manager);
    const resolved = await this.timeRanges.resolve(request, () => timeZone, manager);
    const range = { ...resolved, timeZone: resolved.timeZone ?? timeZone };
    const snapshotAt = instantOf(takenAt);
    const all = historyItems(traceEntries(entries), request.asOf ?? snapshotAt);
    const items = all.filter(({ position }) => isWithin(position.occurredAt, range));
    return {
      items: (request.order ?? ORDER_DEFAULT) === 'asc' ? items : items.toReversed(),
      range,
      snapshotAt,
      reasonOf: await this.reasonsOf(subject, manager),
    };
  }

  /** Uses the stored state. For an instant before the last entry it folds the history again. */
  private async accountOf(
    subject: CreditsSubject,
    asOf: Instant | null,
    at: Instant,
    manager: EntityManager,
  ): Promise<Pick<Account, 'balance' | 'openLots'>> {
    const stored = await readStoredAccount(subject.userId, manager);
    if (stored === null) {
      await assertKnown(subject, manager);
      return emptyAccount();
    }
    const { account, unpaidCredits } = stored;
    if (asOf !== null && account.foldedTo !== null && asOf < account.foldedTo.occurredAt) {
      return accountAt(foldEntries(await this.entriesOf(subject, asOf, manager)), at);
    }
    const { balance, openLots } = accountAt(account, at);
    return { balance: { ...balance, unpaidCredits }, openLots };
  }

  private async entriesOf(
    { userId }: CreditsSubject,
    asOf: Instant | null,
    manager: EntityManager,
  ): Promise<readonly Entry[]> {
    const [history] = await this.ledger.historiesOf([userId], manager);
    const entries = history?.entries ?? [];
    return asOf === null ? entries : entries.filter(({ occurredAt }) => occurredAt <= asOf);
  }

  private async reasonsOf(
    { userId, showsReasons }: CreditsSubject,
    manager: EntityManager,
  ): Promise<ReasonOf> {
    if (!showsReasons) return () => undefined;
    const texts = await this.texts.about(userId, manager);
    return ({ type, id }) => texts.get(type)?.get(id) ?? null;
  }
}

/** Callers can read their own credits even if they are not recorded. @throws Problem 404 for any other unknown user */
async function assertKnown({ userId, isCaller }: CreditsSubject, manager: EntityManager): Promise<void> {
  if (isCaller || (await manager.getRepository(CreditAccountEntity).existsBy({ userId }))) return;
  throw userNotFound(userId);
}

function isWithin(instant: Instant, { from, to }: TimeRange): boolean {
  return (from === null || instant >= from.instant) && (to === null || instant < to.instant);
}
