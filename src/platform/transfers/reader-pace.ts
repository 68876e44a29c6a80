/** The slowest pace of a reader that an export accepts. */
export interface PaceLimits {
  /** How long it can receive nothing, in milliseconds. */
  readonly stall_ms: number;
  /** Time over which the rate is measured, in milliseconds. */
  readonly window_ms: number;
  /** Minimum rate over that time, in bytes per second. */
  readonly min_bytesPerSecond: number;
}

/** What a reader has received at a time. */
export interface ReaderState {
  readonly at_ms: number;
  /** Total bytes received so far. */
  readonly taken_bytes: number;
  /** Whether bytes are waiting for it; if not, the sender is the slow side. */
  readonly isOwed: boolean;
}

/** Measures how fast a reader receives data, from its states at successive times. */
export class ReaderPace {
  /** States since bytes have been waiting without a break, as far back as the window needs. */
  private owed: ReaderState[] = [];
  private lastTaking: ReaderState | null = null;

  constructor(private readonly limits: PaceLimits) {}

  /** @returns what is wrong with the reader's pace, as the end of a sentence; null if it is fast enough */
  complaintAt(state: ReaderState): string | null {
    if (!state.isOwed) {
      this.owed = [];
      this.lastTaking = null;
      return null;
    }
    if (this.lastTaking === null || state.taken_bytes > this.lastTaking.taken_bytes) this.lastTaking = state;
    this.owed.push(state);
    const { stall_ms, window_ms, min_bytesPerSecond } = this.limits;
    if (state.at_ms - this.lastTaking.at_ms >= stall_ms) return `took nothing for ${stall_ms / 1_000} s`;
    while ((this.owed[1]?.at_ms ?? Infinity) <= state.at_ms - window_ms) this.owed.shift();
    const [oldest = state] = this.owed;
    const elapsed_ms = state.at_ms - oldest.at_ms;
    if (elapsed_ms < window_ms) return null;
    const rate = ((state.taken_bytes - oldest.taken_bytes) / elapsed_ms) * 1_000;
    return rate >= min_bytesPerSecond
      ? null
      : `took ${Math.floor(rate)} bytes a second, which is less than ${min_bytesPerSecond}`;
  }
}
