/** The slowest reader that an export waits for. */
export interface PaceLimits {
  /** How long it may take nothing, in milliseconds. */
  readonly stall_ms: number;
  /** Over this time, in milliseconds, ... */
  readonly window_ms: number;
  /** ... it takes at least so many bytes a second. */
  readonly min_bytesPerSecond: number;
}

/** What a reader has taken by a moment. */
export interface ReaderState {
  readonly at_ms: number;
  /** All bytes that it has taken so far. */
  readonly taken_bytes: number;
  /** Whether bytes wait for it; where none do, the sender is the slow one. */
  readonly isOwed: boolean;
}

/** Judges how fast a reader takes what is sent to it, from its states at successive moments. */
export class ReaderPace {
  /** States since bytes have waited for the reader without a break, as far back as the window needs. */
  private owed: ReaderState[] = [];
  private lastTaking: ReaderState | null = null;

  constructor(private readonly limits: PaceLimits) {}

  /** @returns what is wrong with the reader's pace, as the end of a sentence; null where it is fast enough */
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
