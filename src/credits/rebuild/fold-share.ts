import type { Client, ClientBase } from 'pg';
import { connectOwner } from '../../platform/database/owner-connection.js';
import { copyLedger } from '../ledger/ledger-copy.js';
import { putAccount } from '../accounts/projection-rows.js';
import { FreshProjections } from './fresh-projections.js';
import { newestFrom } from './newest-deployments.js';
import { noteDone, noteProgress, type Share } from './rebuild-run.js';
import { UserFolds } from './user-folds.js';

/** What has been folded and written. */
export interface Done {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
}

/** Rows that are gathered before they are written and committed: larger pieces gain nothing. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Sessions that write by turns: one alone, that checks every row it is given, is slower than the fold. */
const WRITERS = 2;
/** Held, shared, by every session that writes fresh rows: one that outlives its process can be waited for. */
export const WRITERS_LOCK = 7_105_714;

/**
 * Folds the users of a share and writes their rows into the fresh tables, some thousand entries at a time, each piece
 * in a transaction of its own; reading, folding and writing go on at once. A share that is broken off goes on after
 * the last piece.
 *
 * @param onDone told of each piece that is committed
 */
export async function foldShare(ownerUrl: string, share: Share, onDone: (done: Done) => void): Promise<void> {
  const clients: Client[] = [];
  try {
    while (clients.length < 1 + WRITERS) clients.push(await connectOwner(ownerUrl));
    const [source, ...targets] = clients as [Client, ...Client[]];
    const [target] = targets as [Client];
    for (const writer of targets) {
      await writer.query(`SET synchronous_commit = off; SELECT pg_advisory_lock_shared(${WRITERS_LOCK})`);
    }
    await source.query(`SET work_mem = '64MB'; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`);
    const pieces = new Pieces(new FreshProjections(await newestFrom(target)), share, targets, onDone);
    const folds = new UserFolds(await partnersOfModules(source), (subject, account) => {
      putAccount(subject, account, (name, cells) => pieces.rows.put(name, cells));
      pieces.add(subject.userId, subject.entries, subject.deployedModules.size);
    });
    await copyLedger(source, conditionOf(share, source), {
      take: (userId, entry) => folds.take(userId, entry),
      rest: () => pieces.writeIfFull(),
    });
    folds.finish();
    await pieces.writeRest();
    await noteDone(target, share);
  } finally {
    for (const client of clients) breakOff(client);
  }
}

/** Of every module whose it is: its partner, or null for the platform. */
export async function partnersOfModules(client: ClientBase): Promise<Map<string, string | null>> {
  const { rows } = await client.query<{ id: string; partnerId: string | null }>(
    'SELECT id, partner_id AS "partnerId" FROM modules',
  );
  return new Map(rows.map(({ id, partnerId }) => [id, partnerId]));
}

function conditionOf({ after, upTo }: Share, client: ClientBase): string {
  const from = `entry.user_id > ${client.escapeLiteral(after)}`;
  return upTo === null ? from : `${from} AND entry.user_id <= ${client.escapeLiteral(upTo)}`;
}

/** Ends a session even in the middle of a COPY that nobody reads any more. */
function breakOff(client: Client): void {
  client.end().catch(() => {});
  client.connection.stream.destroy();
}

/**
 * The rows of a share on their way into the tables: while pieces are written, the next one is gathered. They are committed
 * in their order, so that what a share has noted is all there.
 */
class Pieces {
  private gathered = { upTo: '', users: 0, entries: 0, deployments: 0 };
  /** What is being written, the oldest first: one for each writer at most. */
  private readonly underWay: Promise<void>[] = [];
  private count = 0;

  constructor(
    readonly rows: FreshProjections,
    private readonly share: Share,
    private readonly writers: readonly ClientBase[],
    private readonly onDone: (done: Done) => void,
  ) {}

  add(userId: string, entries: number, deployments: number): void {
    this.gathered.upTo = userId;
    this.gathered.users += 1;
    this.gathered.entries += entries;
    this.gathered.deployments += deployments;
  }

  async writeIfFull(): Promise<void> {
    if (this.rows.bytes >= PIECE_BYTES) await this.write();
  }

  async writeRest(): Promise<void> {
    if (this.gathered.users > 0) await this.write();
    await Promise.all(this.underWay);
  }

  /** Waits for a writer, not for this piece. */
  private async write(): Promise<void> {
    if (this.underWay.length === this.writers.length) await this.underWay.shift();
    const writer = this.writers[this.count % this.writers.length] as ClientBase;
    this.count += 1;
    const { gathered } = this;
    this.gathered = { upTo: '', users: 0, entries: 0, deployments: 0 };
    const written = this.commit(writer, this.rows.take(), gathered, this.underWay.at(-1));
    written.catch(() => {}); // told to whoever waits for it next
    this.underWay.push(written);
  }

  private async commit(
    writer: ClientBase,
    copy: (client: ClientBase) => Promise<void>,
    gathered: Pieces['gathered'],
    pieceBefore: Promise<void> | undefined,
  ): Promise<void> {
    await writer.query('BEGIN');
    await copy(writer);
    await pieceBefore;
    await noteProgress(writer, this.share, gathered);
    await writer.query('COMMIT');
    this.onDone(gathered);
  }
}
