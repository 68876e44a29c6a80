import pg from 'pg';

const TICK_MS = 250;
/** So long nothing comes from the server, while somebody waits, before it is asked for a sign of life: 0.75 s. */
const QUIET_TICKS = 3;
/** So long it may take to answer that: 2 s. */
const PROBE_TICKS = 8;
/** A server that stays silent is asked anew less and less often, so that a long silence leaves few connections behind. */
const PROBE_TICKS_MAX = 40;

/** What the watch looks at, and whom it tells. */
export interface Watched {
  /** Whether anybody waits for an answer of the server, or for a connection to it. */
  isAwaited(): boolean;
  /** All that has come from the server; it may shrink when connections end. */
  bytesRead(): number;
  /** Hears of every tick. */
  onTick(): void;
  /** The server has become silent: whatever waits for it is to be given up. */
  onSilence(): void;
  /** The silent server has answered. */
  onAnswer(): void;
}

/**
 * Tells whether a server answers at all, however long its statements take: where nothing has come from it for a moment while
 * somebody waits, it is asked `SELECT 1` over a connection of the watch's own. It counts ticks instead of reading a clock, so
 * that a process that was kept from running itself does not blame the server.
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

  /** Whether the server has not answered for so long that nothing is to be asked of it. */
  get isSilent(): boolean {
    return this.silent;
  }

  /** To be called when somebody begins to wait; it looks until nobody does. */
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

/** A connection over which the server is asked for a sign of life. */
class Probe {
  private readonly client: pg.Client;
  private opening: Promise<unknown> | null = null;
  private pending = false;

  constructor(config: pg.ClientConfig) {
    this.client = new pg.Client({ ...config, connectionTimeoutMillis: 0, query_timeout: 0 });
    this.client.on('error', () => {}); // told by the question as well
  }

  get isPending(): boolean {
    return this.pending;
  }

  /**
   * Asks once.
   *
   * @param tell whether the connection can be used again; a refusal is an answer, too: what it refuses is for others to tell
   */
  async ask(tell: (isAlive: boolean, probe: Probe) => void): Promise<void> {
    this.pending = true;
    try {
      await (this.opening ??= this.client.connect());
      await this.client.query('SELECT 1');
      this.pending = false;
      tell(true, this);
    } catch {
      this.pending = false;
      this.drop();
      tell(false, this);
    }
  }

  /** Ends the connection without a word to a server that may not hear it. */
  drop(): void {
    (this.client as unknown as pg.PoolClient).connection.stream.destroy();
  }
}
