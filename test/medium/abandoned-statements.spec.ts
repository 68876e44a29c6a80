import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { serviceOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { lendBrieflyUntil } from '../../src/platform/database/lend.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { SessionWatch } from '../support/long-exports.js';

/** Longer than a new connection takes, shorter than the last repetition of a cancel request. */
const DELAY_MS = 400;

describe('a statement that nobody waits for any more', () => {
  let database: TestDatabase;
  let sessions: SessionWatch;
  let owner: SessionWatch;
  let line: SlowLine;

  beforeAll(async () => {
    database = await createTestDatabase();
    sessions = await SessionWatch.open(database.serviceUrl);
    owner = await SessionWatch.open(database.ownerUrl);
    line = await SlowLine.to(new URL(database.serviceUrl));
  });
  afterAll(async () => {
    line.close();
    await sessions.close();
    await owner.close();
    await database.drop();
  });

  it('is cancelled, even if the cancel request reaches PostgreSQL before the statement', async () => {
    const lock = await owner.lockTable('modules');
    const source = await exactDataSource(serviceOptions(line.url)).initialize();
    const leaving = new AbortController();
    const reading = lendBrieflyUntil(leaving.signal)(source, async (runner) => {
      await runner.query('SELECT 1');
      line.isSlow = true;
      const rows: Promise<unknown> = runner.query('SELECT count(*) FROM modules');
      await new Promise((resolve) => setTimeout(resolve, 10));
      leaving.abort(new Error('The client has left.'));
      return rows;
    });
    await expect(reading).rejects.toThrow();
    expect(await sessions.busyWithin(2 * DELAY_MS)).toHaveLength(1); // the statement arrives after the first request
    expect(await sessions.busyAfter(2_000)).toEqual([]);
    await lock.release();
    await source.destroy();
  });
});

/** A line to PostgreSQL that can hold up what its first connections send, as a busy network or kernel does. */
class SlowLine {
  isSlow = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: URL): Promise<SlowLine> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(target);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const line = new SlowLine(server, url.href);
    server.on('connection', (near) => line.join(near, target));
    return line;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  /** A connection from before the line became slow is held up; a cancel request comes on a new one. */
  private join(near: Socket, target: URL): void {
    const isQuick = this.isSlow;
    const far = connect({ host: target.hostname, port: Number(target.port), allowHalfOpen: true });
    for (const socket of [near, far]) this.sockets.add(socket.on('error', () => {}));
    const later = (work: () => unknown): unknown =>
      this.isSlow && !isQuick ? setTimeout(work, DELAY_MS) : work();
    near.on('data', (chunk) => later(() => far.write(chunk)));
    near.on('close', () => later(() => far.end()));
    far.pipe(near);
  }
}
