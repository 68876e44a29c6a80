import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import {
  accountAt,
  emptyAccount,
  foldEntries,
  formatInstant,
  traceEntries,
  type Account,
  type Entry,
  type Instant,
} from '../../domain/index.js';
import type { CsvForm, OpenCsv } from '../../platform/csv/index.js';
import { inSnapshot, ReportSnapshots, type Snapshot } from '../../platform/database/index.js';
import type { Order } from '../../platform/paging/index.js';
import { PersonalTexts } from '../../users/index.js';
import {
  LocalClock,
  TimeRanges,
  VariablesService,
  type TimeRange,
  type TimeRangeRequest,
} from '../../variables/index.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { CreditAccountEntity } from '../accounts/entities/credit-account.entity.js';
import type { CreditBalanceDto } from '../http/dto/credit-balance.response.dto.js';
import type { CreditHistoryDto } from '../http/dto/credit-history.response.dto.js';
import type { HistoryLineDto } from '../http/dto/history-line.response.dto.js';
import { happeningsOf, standsAfter, type Happening } from './history-item.js';
import { historyCsv, instantsOf } from '../http/history-csv.js';
import { historyCursor, historyPosition } from './history-cursor.js';
import { historyLine, type ReasonOf } from '../http/history-line.js';
import { shownBalance, shownLot } from '../http/lot-presenters.js';
import { instantOf, readStoredAccount } from '../accounts/stored-account.js';
import { userNotFound, type CreditsSubject } from './credits-subject.js';

const ORDER_DEFAULT: Order = 'asc';

/** Which part of a history is asked for, and in which order. */
export interface HistoryRequest extends TimeRangeRequest {
  /** Only what happened and expired up to it, with all that is known now; null: now. */
  readonly asOf: Instant | null;
  /** Absent: oldest first. */
  readonly order?: Order;
}

/** A history that was read: the lines of the range in the order asked for, and what an answer says beside them. */
interface ReadHistory {
  readonly happenings: readonly Happening[];
  readonly range: TimeRange & { readonly timeZone: string };
  readonly snapshotAt: Instant;
  readonly reasonOf: ReasonOf;
}

/** Reads credits back: what a user has, and how that came about, folded from the ledger. */
@Injectable()
export class CreditReadingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly snapshots: ReportSnapshots,
    private readonly ledger: LedgerReader,
    private readonly texts: PersonalTexts,
    private readonly timeRanges: TimeRanges,
    private readonly variables: VariablesService,
    private readonly clock: LocalClock,
  ) {}

  /**
   * What a user can spend and owes.
   *
   * @param asOf only what happened and expired up to it counts, with all that is known now; null: now, which is the
   *        stored state with what has expired since
   * @throws Problem 404 where there is no such user
   */
  async balance(subject: CreditsSubject, asOf: Instant | null): Promise<CreditBalanceDto> {
    return inSnapshot(this.dataSource, async ({ manager, takenAt }) => {
      const at = asOf ?? instantOf(takenAt);
      const { balance, openLots } = await this.accountOf(subject, asOf, at, manager);
      return {
        userId: subject.userId,
        ...shownBalance(balance),
        lots: [...openLots.free, ...openLots.purchased].map(shownLot),
        asOf: formatInstant(at),
      };
    });
  }

  /**
   * A page of a user's history.
   *
   * @throws Problem 404 where there is no such user; 400 for a range, zone or cursor that cannot be
   */
  async history(
    subject: CreditsSubject,
    request: HistoryRequest,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<CreditHistoryDto> {
    const { happenings, range, snapshotAt, reasonOf } = await this.read(subject, request);
    const { userId } = subject;
    const shownRange = { ...range, from: range.from?.at ?? null, to: range.to?.at ?? null };
    const { asOf, order = ORDER_DEFAULT } = request;
    const filter = { ...shownRange, asOf: asOf === null ? null : formatInstant(asOf), order };
    const list = { name: 'credit-history', userId, filter };
    const position = cursor === undefined ? null : historyPosition(cursor, list);
    const rest =
      position === null
        ? happenings
        : happenings.filter((happening) => standsAfter(happening, position, order));
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    const goesOn = rest.length > limit && last !== undefined;
    return {
      userId,
      data: shown.map((happening) => historyLine(happening, reasonOf)),
      filter,
      snapshotAt: formatInstant(snapshotAt),
      page: { limit, nextCursor: goesOn ? historyCursor(last, list) : null },
    };
  }

  /**
   * The whole of a user's history as a file.
   *
   * @param signal its abort frees the connection at once
   * @throws Problem as `history`
   */
  async historyCsv(
    subject: CreditsSubject,
    request: HistoryRequest & { readonly csv?: CsvForm },
    signal?: AbortSignal,
  ): Promise<OpenCsv> {
    const { happenings, range, reasonOf } = await this.read(subject, request, signal);
    const lines = (): Generator<HistoryLineDto> => linesOf(happenings, reasonOf);
    const localTimes = await this.clock.read(request, instantsOf(lines()));
    return historyCsv({ ...subject, ...range, form: request.csv, localTimes }, lines());
  }

  private async read(
    subject: CreditsSubject,
    request: HistoryRequest,
    signal?: AbortSignal,
  ): Promise<ReadHistory> {
    await this.timeRanges.check(request);
    return this.snapshots.read((snapshot) => this.readFrom(snapshot, subject, request), signal);
  }

  private async readFrom(
    { manager, takenAt }: Snapshot,
    subject: CreditsSubject,
    request: HistoryRequest,
  ): Promise<ReadHistory> {
    const entries = await this.entriesOf(subject, request.asOf, manager);
    if (entries.length === 0) await assertKnown(subject, manager);
    const { timeZone } = await this.variables.current(manager);
    const resolved = await this.timeRanges.resolve(request, () => timeZone, manager);
    const range = { ...resolved, timeZone: resolved.timeZone ?? timeZone };
    const snapshotAt = instantOf(takenAt);
    const all = happeningsOf(traceEntries(entries), request.asOf ?? snapshotAt);
    const happenings = all.filter(({ place }) => isWithin(place.occurredAt, range));
    return {
      happenings: (request.order ?? ORDER_DEFAULT) === 'asc' ? happenings : happenings.toReversed(),
      range,
      snapshotAt,
      reasonOf: await this.reasonsOf(subject, manager),
    };
  }

  /** The stored state reaches to the last entry, so for an instant before that the history is folded anew. */
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

/** Whoever calls reads its own even where nothing is recorded of it. @throws Problem 404 for any other unknown user */
async function assertKnown({ userId, isCaller }: CreditsSubject, manager: EntityManager): Promise<void> {
  if (isCaller || (await manager.getRepository(CreditAccountEntity).existsBy({ userId }))) return;
  throw userNotFound(userId);
}

function isWithin(instant: Instant, { from, to }: TimeRange): boolean {
  return (from === null || instant >= from.instant) && (to === null || instant < to.instant);
}

function* linesOf(happenings: readonly Happening[], reasonOf: ReasonOf): Generator<HistoryLineDto> {
  for (const happening of happenings) yield historyLine(happening, reasonOf);
}
