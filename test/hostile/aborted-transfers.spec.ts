import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { send, type Answer } from '../support/http-client.js';
import { LEAVINGS, openRequest, readBytes, type Leaving } from '../support/impatient-client.js';
import { ndjson } from '../support/lines.js';
import { recordLongReport, SessionWatch } from '../support/long-exports.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';
import { rounds } from './rounds.js';

/** From the client's disconnect until its session, its snapshot and its slot are free (docs/contract.md). */
const FREE_WITHIN_MS = 2_000;
const ROWS = 12_000;
const WAYS = Object.keys(LEAVINGS) as Leaving[];
/** Per caller; see src/platform/transfers/slots.ts. */
const SLOTS = 2;

const REVENUE = { path: '/api/revenue?format=csv', table: 'deployment_revenue' };
/** Bytes to read from each file before the client disconnects, and the table that the file is read from. */
const ROUTES = [
  { ...REVENUE, bytesRead: [0, 1, 65_536, 1_000_000, 5_000_000] },
  { ...REVENUE, path: `${REVENUE.path}&sort=moduleName&order=asc`, bytesRead: [0, 1, 2_000_000] },
  {
    path: '/api/revenue/summary?groupBy=module&format=csv',
    table: 'deployment_revenue',
    bytesRead: [0, 1, 200],
  },
  {
    path: '/api/credits/history?userId=customer&format=csv',
    table: 'credit_entries',
    bytesRead: [0, 1, 100_000],
  },
];

describe('a client that disconnects', () => {
  let service: TestService;
  let sessions: SessionWatch;
  const token = tokenOf('cfo', ['finance']);
  const admin = tokenOf('root', ['admin']);

  beforeAll(async () => {
    service = await startTestService();
    await recordLongReport(service, ROWS);
    sessions = await SessionWatch.open(service.database.serviceUrl);
  }, 180_000);
  afterAll(async () => {
    await sessions.close();
    await service.close();
  });

  const ask = (path: string, round: number): Promise<Socket> =>
    openRequest({
      baseUrl: service.url,
      head: [
        `GET ${path} HTTP/1.1`,
        `Authorization: Bearer ${token}`,
        `Accept-Encoding: ${round % 4 === 3 ? 'gzip' : 'identity'}`,
      ],
    });
  const wayOf = (round: number): Leaving => WAYS[round % WAYS.length] as Leaving;

  /** Repeats a request until it gets a slot, at most for the time in which a slot must become free. */
  const sendWhenFree = async (request: () => Promise<Answer>): Promise<Answer> => {
    const deadline = performance.now() + FREE_WITHIN_MS;
    for (;;) {
      const answer = await request();
      if (answer.status !== 429 || performance.now() > deadline) return answer;
      await sleep(20);
    }
  };
  const exportAll = (): Promise<Answer> => send(`${service.url}${REVENUE.path}`, { token });
  const importOne = (id: string): Promise<Answer> =>
    send(`${service.url}/api/imports`, {
      method: 'POST',
      token: admin,
      headers: { 'content-type': 'application/x-ndjson' },
      body: ndjson([{ type: 'user', id, roles: ['user'] }]),
    });

  /** Checks that no session works or has a snapshot, all slots of the caller are free, and its exports are complete. */
  const expectAllFree = async (): Promise<void> => {
    expect(await sessions.busyAfter(FREE_WITHIN_MS)).toEqual([]);
    const all = await Promise.all(Array.from({ length: SLOTS }, () => sendWhenFree(exportAll)));
    for (const { status, text } of all) {
      expect(status).toBe(200);
      expect(text.split('\r\n')).toHaveLength(ROWS + 2);
    }
  };

  describe.each(ROUTES)('frees everything of GET $path', ({ path, table, bytesRead }) => {
    it('0 to 50 ms after the request', async () => {
      const count = rounds(12, 200);
      for (let round = 0; round < count; round += 1) {
        const socket = await ask(path, round);
        await sleep((50 * round) / count);
        LEAVINGS[wayOf(round)](socket);
        if (round % 6 === 5) expect(await sessions.busyAfter(FREE_WITHIN_MS)).toEqual([]);
      }
      await expectAllFree();
    });

    it('during the file', async () => {
      for (let round = 0; round < rounds(bytesRead.length, 200); round += 1) {
        const socket = await ask(path, round);
        await readBytes(socket, bytesRead[round % bytesRead.length] as number);
        LEAVINGS[wayOf(round)](socket);
        expect(await sessions.busyAfter(FREE_WITHIN_MS)).toEqual([]);
      }
      await expectAllFree();
    });

    it('while PostgreSQL works on its query', async () => {
      const owner = await SessionWatch.open(service.database.ownerUrl);
      const lock = await owner.lockTable(table);
      for (let round = 0; round < rounds(WAYS.length, 30); round += 1) {
        const socket = await ask(path, round);
        expect(await sessions.busyWithin(FREE_WITHIN_MS)).not.toEqual([]);
        LEAVINGS[wayOf(round)](socket);
        expect(await sessions.busyAfter(FREE_WITHIN_MS)).toEqual([]);
      }
      await lock.release();
      await owner.close();
      await expectAllFree();
    });
  });

  it('gets no connection any more if it was waiting for one', async () => {
    const owner = await SessionWatch.open(service.database.ownerUrl);
    const lock = await owner.lockTable('modules');
    // More requests than the pool has connections: they wait for the lock, or for a connection.
    const waiting = Array.from({ length: 40 }, () => send(`${service.url}/api/modules`, { token }));
    await sleep(500);
    for (let round = 0; round < rounds(WAYS.length, 30); round += 1) {
      const socket = await ask(REVENUE.path, round);
      await sleep(50);
      LEAVINGS[wayOf(round)](socket);
    }
    await sleep(100);
    await lock.release();
    await owner.close();
    for (const { status } of await Promise.all(waiting)) expect([200, 503]).toContain(status);
    await expectAllFree();
  });

  it('frees everything of an import, at any byte of its body', async () => {
    const lines = ndjson(
      Array.from({ length: 4_000 }, (_, index) => ({
        type: 'user',
        id: `gone-${index}`,
        name: randomBytes(60).toString('hex'),
        roles: ['user'],
      })),
    );
    const bodies = { identity: lines, gzip: gzipSync(lines) };
    for (let round = 0; round < rounds(9, 200); round += 1) {
      const encoding = round % 2 === 1 ? 'gzip' : 'identity';
      const body = bodies[encoding];
      const upload = {
        baseUrl: service.url,
        head: [
          'POST /api/imports HTTP/1.1',
          `Authorization: Bearer ${admin}`,
          'Content-Type: application/x-ndjson',
          ...(encoding === 'gzip' ? ['Content-Encoding: gzip'] : []),
          `Content-Length: ${body.length}`,
        ],
        body: body.subarray(0, Math.floor((body.length * (round % 9)) / 9)),
      };
      const sockets = await Promise.all(Array.from({ length: SLOTS }, () => openRequest(upload)));
      await sleep((50 * (round % 20)) / 20);
      for (const socket of sockets) LEAVINGS[wayOf(round)](socket);
      expect((await sendWhenFree(() => importOne(`stays-${round}`))).status).toBe(200);
      expect(await sessions.busyAfter(FREE_WITHIN_MS)).toEqual([]);
    }
    const both = await Promise.all(['a', 'b'].map((id) => sendWhenFree(() => importOne(id))));
    for (const answer of both) expect(answer.json()).toMatchObject({ lines: 1, added: 1, refused: 0 });
    const gone = await send(`${service.url}/api/users/gone-0`, { token: admin });
    expect(gone.status).toBe(404);
  });
});
