import { entryOf, entryRowColumns } from '../../dist/src/credits/ledger/entry-row.js';
import { figuresOf, foldEntries } from '../../dist/src/domain/index.js';

/** Users whose events are held at a time: all at once, as such a service would, does not fit in memory at 10m. */
const USERS_PER_BATCH = 500;

/** Who deployed modules of the partner: a row of its report may depend on any event of these users. */
export const USERS_OF_PARTNER = `
  SELECT DISTINCT entry.user_id FROM credit_entries AS entry JOIN modules AS module ON module.id = entry.module_id
   WHERE module.partner_id = $1`;
export const EVENTS_OF_USERS = `
  SELECT ${entryRowColumns('entry').join(', ')}, module.partner_id AS "partnerId"
    FROM credit_entries AS entry LEFT JOIN modules AS module ON module.id = entry.module_id
   WHERE entry.user_id = ANY ($1)`;

/** A partner's report without anything stored: load all events of its users and fold them, for this one request. */
export async function naiveReport(client, partnerId) {
  const { rows: users } = await client.query({
    text: USERS_OF_PARTNER,
    values: [partnerId],
    rowMode: 'array',
  });
  const report = { rows: 0, grossRevenue: 0n, events: 0 };
  for (let from = 0; from < users.length; from += USERS_PER_BATCH) {
    const batch = users.slice(from, from + USERS_PER_BATCH).flat();
    const { rows: events } = await client.query(EVENTS_OF_USERS, [batch]);
    report.events += events.length;
    for (const history of byUser(events).values()) addUser(report, history, partnerId);
  }
  return report;
}

function byUser(events) {
  const histories = new Map();
  for (const event of events) {
    const history = histories.get(event.userId);
    if (history === undefined) histories.set(event.userId, [event]);
    else history.push(event);
  }
  return histories;
}

function addUser(report, events, partnerId) {
  const theirs = new Set(events.filter((event) => event.partnerId === partnerId).map(({ id }) => id));
  for (const spend of foldEntries(events.map(entryOf)).spends.values()) {
    if (spend.type !== 'deployment' || !theirs.has(spend.id)) continue;
    const { grossValue } = figuresOf(spend);
    if (grossValue === 0n) continue;
    report.rows += 1;
    report.grossRevenue += grossValue;
  }
}
