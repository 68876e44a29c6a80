import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { declareUpload, Draining, type DrainLimits } from './draining.js';

const LIMITS: DrainLimits = { grace_ms: 400, requests_ms: 800, transfers_ms: 2_000 };
/** Tolerance for a busy machine. */
const LATE_MS = 900;

/** One connection of a client that writes HTTP by hand. */
class Connection {
  readonly socket: Socket;
  text = '';
  private readonly closed: Promise<number>;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setEncoding('utf8').on('data', (text: string) => (this.text += text));
    this.socket.on('error', () => {}); // 'close' follows
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve(performance.now())));
  }

  async get(path: string): Promise<string> {
    this.text = '';
    this.ask(path);
    while (!this.text.includes('\r\n\r\n')) await sleep(5);
    return this.text;
  }

  ask(path: string): void {
    this.socket.write(`GET ${path} HTTP/1.1\r\nHost: test\r\n\r\n`);
  }

  /** Time of the close, in ms after the given moment. */
  async closedAfter(began: number): Promise<number> {
    return (await this.closed) - began;
  }
}

describe('the end of an HTTP server', () => {
  let server: Server;
  let draining: Draining;
  let waiting: ServerResponse[];
  let port: number;

  beforeEach(async () => {
    waiting = [];
    draining = new Draining();
    server = createServer((request, response) => {
      if (request.url === '/now') response.end('answered');
      else waiting.push(response);
      if (request.url === '/upload') declareUpload(request);
      if (request.url === '/download') response.write('begun');
    });
    draining.follow(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => server.closeAllConnections());

  const waits = async (count: number): Promise<void> => {
    while (waiting.length < count) await sleep(5);
  };

  it('accepts connections during the grace time, closes each after its answer, then closes idle ones and stops listening', async () => {
    const [used, unused, busy] = [new Connection(port), new Connection(port), new Connection(port)];
    expect(await used.get('/now')).toContain('Connection: keep-alive');
    await busy.get('/now');
    const began = performance.now();
    const ended = draining.end(server, LIMITS);
    expect(draining.hasBegun).toBe(true);
    expect(await busy.get('/now')).toContain('Connection: close');
    expect(await busy.closedAfter(began)).toBeLessThan(LIMITS.grace_ms);
    expect(await new Connection(port).get('/now')).toContain('Connection: close');
    for (const connection of [used, unused]) {
      const closed = await connection.closedAfter(began);
      expect(closed).toBeGreaterThanOrEqual(LIMITS.grace_ms - 5);
      expect(closed).toBeLessThan(LIMITS.grace_ms + LATE_MS);
    }
    await ended;
    const late = new Connection(port);
    await expect(once(late.socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  it('lets an accepted request finish and closes its connection', async () => {
    const connection = new Connection(port);
    connection.ask('/later');
    await waits(1);
    const ended = draining.end(server, LIMITS);
    await sleep(LIMITS.grace_ms + 200);
    waiting[0]?.end('finished');
    await ended;
    await connection.closedAfter(0);
    expect(connection.text).toMatch(/Connection: close[^]*finished/);
  });

  it('cuts requests that take too long, and headers that stay incomplete', async () => {
    const [slow, halting] = [new Connection(port), new Connection(port)];
    slow.ask('/later');
    halting.socket.write('GET /now HTTP/1.1\r\nX-Half');
    await waits(1);
    const began = performance.now();
    await draining.end(server, LIMITS);
    const limit = LIMITS.grace_ms + LIMITS.requests_ms;
    for (const connection of [slow, halting]) {
      const closed = await connection.closedAfter(began);
      expect(closed).toBeGreaterThanOrEqual(limit - 5);
      expect(closed).toBeLessThan(limit + LATE_MS);
    }
  });

  it.each(['/download', '/upload'])('waits longer for a transfer, then cuts it: %s', async (path) => {
    const connection = new Connection(port);
    connection.ask(path);
    await waits(1);
    const began = performance.now();
    await draining.end(server, LIMITS);
    const limit = LIMITS.grace_ms + LIMITS.transfers_ms;
    expect(await connection.closedAfter(began)).toBeGreaterThanOrEqual(limit - 5);
  });

  it('closes the connection of a transfer once the transfer is complete', async () => {
    const connection = new Connection(port);
    await connection.get('/download');
    const ended = draining.end(server, LIMITS);
    await sleep(LIMITS.grace_ms + LIMITS.requests_ms + 100);
    waiting[0]?.end(', and whole');
    await ended;
    await connection.closedAfter(0);
    expect(connection.text).toMatch(/begun[^]*, and whole[^]*\r\n0\r\n\r\n$/);
  });
});
