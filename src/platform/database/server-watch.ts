import pg from 'pg';

const TICK_MS = 250;
/** Ticks without data from the server, while a caller waits, before it is probed: 0.75 s. */
const QUIET_TICKS = 3;
/** Ticks that the server has to answer a probe: 2 s. */
const PROBE_TICKS = 8;
/**
 * Upper limit for the growing time between probes of a silent server, so that a long silence leaves few connections
 * behind.
 */
const PROBE_TICKS_MAX = 40;

/** State that the watch observes, and its callbacks. */
export interface Watched {
  /** Whether a caller waits for an answer of the server or for a connection to it. */
  isAwaited(): boolean;
  /** Total bytes received from the server; it can shrink when connections end. */
  bytesRead(): number;
  /** Called at every tick. */
  onTick(): void;
  /** The server has become silent: all waiting callers must be failed. */
  onSilence(): void;
  /** The silent server has answered. */
  onAnswer(): void;
}

/**
 * Detects whether a server answers at all, independent of the length of its statements. If no data arrives for a moment
 * while a caller waits, it sends `SELECT 1` over its own connection. It counts ticks instead of reading a clock, so
 * that a pause of this process does not count as silence of the server.
 */
export class ServerWatch {
  private timer: NodeJS.Timeout | undefined;
  private bytesRead = 0;
  private quietTicks = 0;
  private probe: Probe | null = null;
  private probeTicks = 0;
  private probeTicks_max = PROBE_TICKS;
  private silent = false;

  constructor(
    private readonly config: pg.ClientConfig,
    private readonly watched: Watched,
  ) {}

  /** Whether the server is silent, so that no statement should be sent. */
  get isSilent(): boolean {
    return this.silent;
  }

  /** Starts the watch; call it when a caller begins to wait. The watch ends by itself when no caller waits. */
  start(): void {
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
  }

  /** Ends the watch and its connection. */
  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.probe?.drop();
    this.probe = null;
  }

  private tick(): void {
    this.watched.onTick();
    if (this.probe?.isPending === true) this.countProbe();
    const isAwaited = this.watched.isAwaited();
    const bytesRead = this.watched.bytesRead();
    const isQuiet = isAwaited && bytesRead === this.bytesRead;
    this.bytesRead = bytesRead;
    this.quietTicks = isQuiet ? this.quietTicks + 1 : 0;
    if (this.silent) return;
    if (!isAwaited) this.stop();
    else if (this.quietTicks >= QUIET_TICKS && this.probe?.isPending !== true) this.ask();
  }

  private ask(): void {
    this.probeTicks = 0;
    this.probe ??= new Probe(this.config);
    void this.probe.ask((isAlive, probe) => {
      if (probe !== this.probe) return;
      if (!isAlive) this.probe = null;
      this.answered();
    });
  }

  private answered(): void {
    this.quietTicks = 0;
    this.probeTicks_max = PROBE_TICKS;
    if (!this.silent) return;
    this.silent = false;
    this.watched.onAnswer();
  }

  private countProbe(): void {
    this.probeTicks += 1;
    if (this.probeTicks < this.probeTicks_max) return;
    this.probe?.drop();
    this.probe = null;
    if (this.silent) this.probeTicks_max = Math.min(this.probeTicks_max * 2, PROBE_TICKS_MAX);
    else {
      this.silent = true;
      this.watched.onSilence();
    }
    this.ask();
  }
}

/** The watch's own connection for probes. */
class Probe {
  private readonly client: pg.Client;
  private opening: Promise<unknown> | null = null;
  private pending = false;

  constructor(config: pg.ClientConfig) {
    this.client = new pg.Client({ ...config, connectionTimeoutMillis: 0, query_timeout: 0 });
    this.client.on('error', () => {}); // the query fails as well
  }

  get isPending(): boolean {
    return this.pending;
  }

  /**
   * Sends one probe.
   *
   * @param onResult receives whether the connection can be used again. A refusal also counts as an answer; the callers
   *   get the error themselves.
   */
  async ask(onResult: (isAlive: boolean, probe: Probe) => void): Promise<void> {
    this.pending = true;
    try {
      await (this.opening ??= this.client.connect());
      await this.client.query('SELECT 1');
      this.pending = false;
      onResult(true, this);
    } catch {
      this.pending = false;
      this.drop();
      onResult(false, this);
    }
  }

  /** Closes the socket without a message to the server, which may not read it. */
  drop(): void {
    (this.client as unknown as pg.PoolClient).connection.stream.destroy();
  }
}
