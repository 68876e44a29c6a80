import type { Client } from 'pg';
import {
  entryOfRecord,
  entrySelectList,
  recordOfRow,
  type EntryRow,
} from '../../src/credits/ledger/entry-columns.js';
import { figuresOf, foldEntries, type Entry } from '../../src/domain/index.js';

/** Users whose events are held at a time: all at once, as such a service would, does not fit in memory at 10m. */
const USERS_PER_BATCH = 500;

/** Who deployed modules of the partner: a row of its report may depend on any event of these users. */
export const USERS_OF_PARTNER = `
  SELECT DISTINCT entry.user_id FROM credit_entries AS entry JOIN modules AS module ON module.id = entry.module_id
   WHERE module.partner_id = $1`;
export const EVENTS_OF_USERS = `
  SELECT ${entrySelectList('entry').join(', ')}, module.partner_id AS "partnerId"
    FROM credit_entries AS entry LEFT JOIN modules AS module ON module.id = entry.module_id
   WHERE entry.user_id = ANY ($1)`;

type EventRow = EntryRow & { readonly partnerId: string | null };

interface History {
  readonly entries: Entry[];
  /** Ids of the deployments of the partner's modules. */
  readonly deployments: Set<string>;
}

/** A partner's report in sum. */
export interface NaiveReport {
  rows: number;
  grossRevenue: bigint;
  /** How many were loaded. */
  events: number;
}

/** A partner's report without anything stored: load all events of its users and fold them, for this one request. */
export async function naiveReport(client: Client, partnerId: string): Promise<NaiveReport> {
  const { rows: users } = await client.query<[string]>({
    text: USERS_OF_PARTNER,
    values: [partnerId],
    rowMode: 'array',
  });
  const report: NaiveReport = { rows: 0, grossRevenue: 0n, events: 0 };
  for (let from = 0; from < users.length; from += USERS_PER_BATCH) {
    const batch = users.slice(from, from + USERS_PER_BATCH).flat();
    const { rows: events } = await client.query<EventRow>(EVENTS_OF_USERS, [batch]);
    report.events += events.length;
    for (const history of byUser(events, partnerId)) addUser(report, history);
  }
  return report;
}

function byUser(events: readonly EventRow[], partnerId: string): Iterable<History> {
  const histories = new Map<string, History>();
  for (const event of events) {
    const record = recordOfRow(event);
    const history = histories.get(record.userId) ?? { entries: [], deployments: new Set() };
    histories.set(record.userId, history);
    history.entries.push(entryOfRecord(record));
    if (event.partnerId === partnerId) history.deployments.add(record.id);
  }
  return histories.values();
}

function addUser(report: NaiveReport, { entries, deployments }: History): void {
  for (const spend of foldEntries(entries).spends.values()) {
    if (spend.type !== 'deployment' || !deployments.has(spend.id)) continue;
    const { grossValue } = figuresOf(spend);
    if (grossValue === 0n) continue;
    report.rows += 1;
    report.grossRevenue += grossValue;
  }
}
