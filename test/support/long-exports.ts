import { Client } from 'pg';
import { importRecords, type TestRecord } from './lines.js';
import type { TestService } from './service.js';

/** 800 bytes in UTF-8: a file of a few thousand rows is larger than the buffers between server and reader. */
const LONG_NAME = '\u{1F680}'.repeat(200);

/**
 * Records data for a report with about 900 bytes per row of its file.
 *
 * @param rows 20,000 exceed the kernel's buffers if the reader reads nothing
 */
export async function recordLongReport(service: TestService, rows: number): Promise<void> {
  const at = '2026-01-01T00:00:00Z';
  const report = await importRecords(service.app, [
    { type: 'user', id: 'customer', roles: ['user'] },
    { type: 'user', id: 'maker', roles: ['partner'] },
    { type: 'module', id: 'rockets', name: LONG_NAME, partnerId: 'maker', creditCost: '1' },
    {
      type: 'purchase',
      externalId: 'buy',
      userId: 'customer',
      credits: '1000000',
      amount: '1',
      occurredAt: at,
    },
    ...Array.from({ length: rows }, (_, index): TestRecord => ({
      type: 'deployment',
      id: `d-${index}`,
      userId: 'customer',
      moduleId: 'rockets',
      createdAt: '2026-01-02T00:00:00Z',
    })),
  ]);
  expect(report.refusals).toEqual([]);
}

/** A session of the service's role that is not idle, or has a snapshot, according to PostgreSQL. */
export interface BusySession {
  readonly pid: number;
  readonly state: string;
  readonly wait_event: string | null;
  readonly backend_xmin: string | null;
  readonly query: string;
}

/** Reads the sessions of the service's role, as this role, because it can see their state. */
export class SessionWatch {
  private constructor(private readonly client: Client) {}

  static async open(serviceUrl: string): Promise<SessionWatch> {
    const client = new Client({ connectionString: serviceUrl });
    await client.connect();
    return new SessionWatch(client);
  }

  /** Sessions that work or have a snapshot, except background work. */
  async busy(): Promise<BusySession[]> {
    const { rows } = await this.client.query<BusySession>(
      `SELECT pid, state, wait_event, backend_xmin, left(query, 60) AS query
         FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND (state <> 'idle' OR backend_xmin IS NOT NULL)`,
    );
    return rows;
  }

  /** Waits until a session is busy. @returns busy sessions; empty if there are none within this time */
  async busyWithin(patience_ms: number): Promise<BusySession[]> {
    const deadline = performance.now() + patience_ms;
    for (;;) {
      const busy = await this.busy();
      if (busy.length > 0 || performance.now() > deadline) return busy;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /**
   * Waits until no session is busy.
   *
   * @returns the sessions that are still busy after this time
   */
  async busyAfter(patience_ms: number): Promise<BusySession[]> {
    const deadline = performance.now() + patience_ms;
    for (;;) {
      const busy = await this.busy();
      if (busy.length === 0 || performance.now() > deadline) return busy;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Locks a table against all access, including reads; needs the owner's role. */
  async lockTable(table: string): Promise<{ release(): Promise<void> }> {
    await this.client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    return { release: async () => void (await this.client.query('ROLLBACK')) };
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
