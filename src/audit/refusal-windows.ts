import type { AuditEvent } from './audit-event.js';

const WINDOW_MS = 60_000;
/** Maximum number of refusals per caller, minute and process that are recorded one by one. */
const ONE_BY_ONE_MAX = 60;

/** Refusals of one caller since the first one of its minute. */
interface Window {
  readonly timer: NodeJS.Timeout;
  count: number;
  last: AuditEvent;
}

/**
 * Prevents a caller from filling the audit with refusals: those above the limit of a minute are counted, and the count
 * becomes one event. The number of callers bounds memory and timers. Sign-in attempts, which have no caller, share one
 * window.
 */
export class RefusalWindows {
  private readonly windows = new Map<string, Window>();

  /** @param writeSum records the event for the refusals that were only counted; must never reject */
  constructor(private readonly writeSum: (event: AuditEvent) => Promise<void>) {}

  /** Whether this refusal must be recorded by itself; otherwise it was counted. */
  shouldRecord(event: AuditEvent): boolean {
    const caller = event.actor?.id ?? '';
    const window = this.windows.get(caller);
    if (window === undefined) {
      const timer = setTimeout(() => void this.close(caller), WINDOW_MS).unref();
      this.windows.set(caller, { timer, count: 1, last: event });
      return true;
    }
    window.count += 1;
    window.last = event;
    return window.count <= ONE_BY_ONE_MAX;
  }

  /** Ends every window now. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.windows.keys()].map((caller) => this.close(caller)));
  }

  private async close(caller: string): Promise<void> {
    const window = this.windows.get(caller);
    if (window === undefined) return;
    clearTimeout(window.timer);
    this.windows.delete(caller);
    const attempts = window.count - ONE_BY_ONE_MAX;
    if (attempts <= 0) return;
    await this.writeSum({ ...window.last, action: 'refusals.more', target: null, details: { attempts } });
  }
}
