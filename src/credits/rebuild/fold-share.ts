import type { Client, ClientBase } from 'pg';
import { connectOwner } from '../../platform/database/owner-connection.js';
import { copyLedger } from '../ledger/ledger-copy.js';
import { putAccount } from '../accounts/projection-rows.js';
import { FreshProjections } from './fresh-projections.js';
import { newestFrom } from './newest-deployments.js';
import { noteDone, noteProgress, type Share } from './rebuild-run.js';
import { UserFolds } from './user-folds.js';

/** Numbers of a committed batch. */
export interface Done {
  readonly users: number;
  readonly entries: number;
  readonly deployments: number;
}

/** Size of a batch of rows. Larger batches are not faster. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** Sessions that write in turn. One session alone would be slower than the fold, because it checks every row. */
const WRITERS = 2;
/**
 * Advisory lock that sessions take in shared mode while they write fresh rows. The next run waits for such sessions.
 */
export const WRITERS_LOCK = 7_105_714;

/**
 * Folds the users of a share and writes their rows to the fresh tables, in batches of some thousand entries, each in
 * its own transaction. Reading, folding and writing run concurrently. A share that broke off resumes after its last
 * batch.
 *
 * @param onDone called for each committed batch
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
    const batches = new RowBatches(new FreshProjections(await newestFrom(target)), share, targets, onDone);
    const folds = new UserFolds(await partnersOfModules(source), (subject, account) => {
      putAccount(subject, account, (name, cells) => batches.rows.put(name, cells));
      batches.add(subject.userId, subject.entries, subject.deployedModules.size);
    });
    await copyLedger(source, conditionOf(share, source), {
      take: (userId, entry) => folds.take(userId, entry),
      afterChunk: () => batches.writeIfFull(),
    });
    folds.finish();
    await batches.writeRest();
    await noteDone(target, share);
  } finally {
    for (const client of clients) breakOff(client);
  }
}

/** Reads the partner of each module; null for the platform's modules. */
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

/** Ends a session, even during a COPY that is no longer read. */
function breakOff(client: Client): void {
  client.end().catch(() => {});
  client.connection.stream.destroy();
}

/**
 * Writes the rows of a share in batches. While batches are written, the next one is gathered. Batches are committed in
 * order, so that all rows up to a share's noted progress are stored.
 */
class RowBatches {
  private gathered = { upTo: '', users: 0, entries: 0, deployments: 0 };
  /** Batches that are being written, the oldest first; at most one for each writer. */
  private readonly running: Promise<void>[] = [];
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
    if (this.rows.bytes >= BATCH_BYTES) await this.write();
  }

  async writeRest(): Promise<void> {
    if (this.gathered.users > 0) await this.write();
    await Promise.all(this.running);
  }

  /** Waits until a writer is free, not until the batch is written. */
  private async write(): Promise<void> {
    if (this.running.length === this.writers.length) await this.running.shift();
    const writer = this.writers[this.count % this.writers.length] as ClientBase;
    this.count += 1;
    const { gathered } = this;
    this.gathered = { upTo: '', users: 0, entries: 0, deployments: 0 };
    const written = this.commit(writer, this.rows.take(), gathered, this.running.at(-1));
    written.catch(() => {}); // a later await of `running` throws the error
    this.running.push(written);
  }

  private async commit(
    writer: ClientBase,
    copy: (client: ClientBase) => Promise<void>,
    gathered: RowBatches['gathered'],
    batchBefore: Promise<void> | undefined,
  ): Promise<void> {
    await writer.query('BEGIN');
    await copy(writer);
    await batchBefore;
    await noteProgress(writer, this.share, gathered);
    await writer.query('COMMIT');
    this.onDone(gathered);
  }
}
