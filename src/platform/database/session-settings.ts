import type { ClientBase } from 'pg';
import { PATIENCE_MS } from './pool-shares.js';

/** Time limits of a request's statements, so that a frozen database does not hold requests for ever. */
export const STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;

/**
 * Settings that the code relies on, whatever the database or the role has set. In another isolation level a single
 * statement would take its snapshot before it locks its tables. It could then find tables empty that a rebuild has just
 * swapped in.
 */
const SETTINGS = {
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  IntervalStyle: 'iso_8601',
  extra_float_digits: 1,
  default_transaction_isolation: 'read committed',
};

const REQUEST_LIMITS = {
  statement_timeout: STATEMENT_TIMEOUT_MS,
  lock_timeout: PATIENCE_MS,
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
};

/** SQL that sets a session's time limits to those of requests. */
export const SET_REQUEST_LIMITS = sqlOf(REQUEST_LIMITS);

const FOR_REQUESTS = sqlOf({ ...SETTINGS, ...REQUEST_LIMITS });
const FOR_THE_OWNER = sqlOf(SETTINGS);

/**
 * Sets up a session that answers requests: one message, once per connection. The settings are not startup parameters,
 * because a pooler refuses parameters that it does not know.
 */
export async function setUpForRequests(client: ClientBase): Promise<void> {
  await client.query(FOR_REQUESTS);
}

/** Sets up a session of the role that owns the tables, without time limits. */
export async function setUpForOwner(client: ClientBase): Promise<void> {
  await client.query(FOR_THE_OWNER);
}

function sqlOf(settings: Readonly<Record<string, string | number>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `SET ${name} = '${value}'`)
    .join('; ');
}
