import type { AuditEvent } from './audit-event.js';

const WINDOW_MS = 60_000;
/** Refusals of one caller that are written one by one in each minute, by each process. */
const ONE_BY_ONE_MAX = 60;

/** What one caller was refused since the first refusal of its minute. */
interface Window {
  readonly timer: NodeJS.Timeout;
  count: number;
  last: AuditEvent;
}

/**
 * Keeps a caller who is refused without end from filling the audit: what is too much for its minute is counted, and the
 * count becomes one event. Memory and timers are bounded by how many callers there are; attempts to sign in, which name
 * no caller, share one window.
 */
export class RefusalWindows {
  private readonly windows = new Map<string, Window>();

  /** @param writeSum writes the event that stands for those that were only counted; never rejects */
  constructor(private readonly writeSum: (event: AuditEvent) => Promise<void>) {}

  /** Whether this refusal is to be written by itself; if not, it has been counted. */
  takesAnother(event: AuditEvent): boolean {
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
