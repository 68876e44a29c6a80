import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type Dispatcher } from 'undici';

const PROBE_PAUSE_MS = 250;
const CONNECTIONS = 6;

/** A request without an answer, or with a 5xx. */
export interface Failure {
  readonly path: string;
  readonly what: string;
}

interface Backend {
  readonly pool: Pool;
  isReady: boolean;
}

/** A simple load balancer: sends each request once, to the next ready process, over kept connections. */
export class RoundRobin {
  readonly failures: Failure[] = [];
  answered = 0;
  private readonly backends = new Map<string, Backend>();
  private readonly probing: Promise<void>[] = [];
  private turn = 0;
  private isOver = false;

  /** Starts to check the readiness of a process. */
  add(url: string): void {
    const backend = { pool: new Pool(url, { connections: CONNECTIONS }), isReady: false };
    this.backends.set(url, backend);
    this.probing.push(this.probe(backend));
  }

  /** Removes a process that has ended. */
  async remove(url: string): Promise<void> {
    const backend = this.backends.get(url);
    this.backends.delete(url);
    await backend?.pool.destroy();
  }

  /** Waits until this many processes are ready. */
  async untilReady(count: number): Promise<void> {
    while (this.ready().length !== count) await sleep(20);
  }

  /** Sends one request after another until `end`. */
  async load(request: () => Dispatcher.RequestOptions): Promise<void> {
    while (!this.isOver) {
      const ready = this.ready();
      const backend = ready[this.turn++ % Math.max(ready.length, 1)];
      const options = request();
      if (backend === undefined) {
        this.failures.push({ path: options.path, what: 'no process is ready' });
        await sleep(20);
        continue;
      }
      try {
        const { statusCode, body } = await backend.pool.request(options);
        const text = await body.text();
        this.answered += 1;
        if (statusCode >= 500) this.failures.push({ path: options.path, what: `${statusCode} ${text}` });
      } catch (error) {
        this.failures.push({ path: options.path, what: String(error) });
      }
    }
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.probing);
    await Promise.all([...this.backends.keys()].map((url) => this.remove(url)));
  }

  private ready(): Backend[] {
    return [...this.backends.values()].filter(({ isReady }) => isReady);
  }

  private async probe(backend: Backend): Promise<void> {
    while (!this.isOver && !backend.pool.destroyed) {
      try {
        const { statusCode, body } = await backend.pool.request({ method: 'GET', path: '/api/health/ready' });
        await body.dump();
        backend.isReady = statusCode === 200;
      } catch {
        backend.isReady = false;
      }
      await sleep(PROBE_PAUSE_MS);
    }
  }
}
