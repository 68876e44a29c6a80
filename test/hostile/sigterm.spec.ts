import { once } from 'node:events';
import { Agent, request as open, type ClientRequest, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send } from '../support/http-client.js';
import { ndjson } from '../support/lines.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';

const TEST_TIMEOUT_MS = 120_000;
const SECONDS_TO_END = 15;
const IMPORTS = '/api/imports';
const NDJSON = { 'content-type': 'application/x-ndjson' };

/** Without keep-alive the client itself ends the connection after the response. */
const kept = new Agent({ keepAlive: true });

describe('SIGTERM', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  beforeAll(async () => {
    await ensureCompiled();
    database = await createTestDatabase();
  }, 180_000);
  beforeEach(async () => {
    service = new ServiceProcess({
      DATABASE_URL: database.serviceUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
    });
    await service.url();
  });
  afterEach(() => service.kill());
  afterAll(async () => {
    agent.destroy();
    kept.destroy();
    await database?.drop();
  });

  it(
    'finishes an accepted charge, continues to serve a busy client, reports not ready, and ends the process in time',
    async () => {
      const url = await service.url();
      await settle(url);
      const locker = new Client({ connectionString: database.ownerUrl });
      await locker.connect();
      await locker.query('BEGIN');
      await locker.query('SELECT FROM credit_accounts FOR UPDATE');
      const charge = ask(url, '/api/deployments', {
        method: 'POST',
        token: tokenOf('customer', ['user']),
        headers: { 'content-type': 'application/json' },
      });
      charge.end('{"moduleId":"maps"}');
      const charged = answerOf(charge);
      expect((await live(url, agent)).headers.connection).toBe('keep-alive');

      const began = performance.now();
      const ended = service.signal('SIGTERM').then((code) => [code, (performance.now() - began) / 1_000]);
      await untilStatus(url, '/api/health/ready', 503);
      const busy = await live(url, agent);
      expect([busy.statusCode, busy.headers.connection]).toEqual([200, 'close']);
      await sleep(4_000); // Longer than the grace period.
      await expect(send(`${url}/api/health/live`)).rejects.toThrow();
      await locker.query('COMMIT');
      await locker.end();
      const answer = await charged;
      expect([answer.statusCode, answer.headers.connection]).toEqual([201, 'close']);
      const [code, seconds] = (await ended) as [number, number];
      expect(code).toBe(0);
      expect(seconds).toBeLessThan(SECONDS_TO_END);
      expect(service.stderr).toBe('');
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'gives an import more time, and cuts off a JSON body that does not arrive',
    async () => {
      const url = await service.url();
      const upload = ask(url, IMPORTS, {
        method: 'POST',
        token: tokenOf('backend', ['platform']),
        headers: NDJSON,
      });
      upload.write(
        Buffer.concat([ndjson([{ type: 'user', id: 'before', roles: ['user'] }]), Buffer.from('\n')]),
      );
      const halting = ask(url, '/api/users', {
        method: 'POST',
        token: tokenOf('backend', ['platform']),
        headers: { 'content-type': 'application/json', 'content-length': '100' },
      });
      halting.write('{');
      const cut = new Promise<number>((resolve) => halting.on('error', () => resolve(performance.now())));
      await sleep(500);
      const began = performance.now();
      const ended = service.signal('SIGTERM');
      expect(((await cut) - began) / 1_000).toBeLessThan(SECONDS_TO_END);
      await sleep(SECONDS_TO_END * 1_000 - (performance.now() - began));
      upload.end(ndjson([{ type: 'user', id: 'after', roles: ['user'] }]));
      const answer = await answerOf(upload);
      expect([answer.statusCode, JSON.parse(await text(answer))]).toMatchObject([
        200,
        { added: 2, refused: 0 },
      ]);
      expect(await ended).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'ends a start that waits for a database without an answer',
    async () => {
      const sockets: Socket[] = [];
      const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const starting = new ServiceProcess({
        DATABASE_URL: `postgres://service:secret@127.0.0.1:${port}/pmr`,
        AUTH_JWT_SECRET: TEST_JWT_SECRET,
      });
      while (sockets.length === 0) await sleep(20);
      const began = performance.now();
      expect(await starting.signal('SIGTERM')).toBe(0);
      expect((performance.now() - began) / 1_000).toBeLessThan(SECONDS_TO_END);
      sockets.forEach((socket) => socket.destroy());
      silent.close();
    },
    TEST_TIMEOUT_MS,
  );
});

interface Asking {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

function ask(url: string, path: string, { method, token, headers, agent }: Asking): ClientRequest {
  return open(`${url}${path}`, {
    method,
    agent: agent ?? kept,
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
}

async function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

/** Requests liveness, over the agent's connection if that is still open. */
async function live(url: string, agent: Agent): Promise<IncomingMessage> {
  const request = ask(url, '/api/health/live', { agent });
  request.end();
  const answer = await answerOf(request);
  await text(answer);
  return answer;
}

async function untilStatus(url: string, path: string, status: number): Promise<void> {
  while ((await send(`${url}${path}`)).status !== status) await sleep(20);
}

async function settle(url: string): Promise<void> {
  const { status } = await send(`${url}${IMPORTS}`, {
    method: 'POST',
    token: tokenOf('backend', ['platform']),
    headers: NDJSON,
    body: ndjson([
      { type: 'user', id: 'maker', roles: ['partner'] },
      { type: 'user', id: 'customer', roles: ['user'] },
      { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '1' },
      {
        type: 'award',
        externalId: 'a1',
        userId: 'customer',
        credits: '9',
        occurredAt: '2026-01-01T00:00:00Z',
      },
    ]),
  });
  expect(status).toBe(200);
}
