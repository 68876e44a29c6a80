/** The page's requests about credits: balances, histories, and entries. */

import { answerOf, api, type Schemas } from './client.js';

export type Balance = Schemas['CreditBalance'];
export type Amounts = Schemas['Balance'];
export type Lot = Schemas['Lot'];
export type History = Schemas['CreditHistory'];
export type HistoryLine = Schemas['HistoryLine'];
export type Deployment = Schemas['Deployment'];
export type Batch = Schemas['AwardBatch'];
export type RevenueChange = Schemas['RevenueChange'];
type Settlement = Schemas['Settlement'];

const PAGE_ROWS = 50;

/** @param userId absent: the caller; asOf absent: now */
export function readBalance(
  query: { readonly userId?: string; readonly asOf?: string },
  signal: AbortSignal,
): Promise<Balance> {
  return answerOf(api.GET('/api/credits/balance', { params: { query }, signal }));
}

export interface HistoryQuery {
  /** Absent: the caller. */
  readonly userId?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly timeZone?: string;
}

/**
 * The newest line first.
 *
 * @param cursor null: the first page
 */
export function readHistory(
  query: HistoryQuery,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<History> {
  const all = { ...query, order: 'desc', limit: PAGE_ROWS, ...(cursor === null ? {} : { cursor }) } as const;
  return answerOf(api.GET('/api/credits/history', { params: { query: all }, signal }));
}

export function readDeployment(id: string, signal: AbortSignal): Promise<Deployment> {
  return answerOf(api.GET('/api/deployments/{id}', { params: { path: { id } }, signal }));
}

/** The first instant after a day. The service computes it, because it alone decides when a day of a zone ends. */
export async function endOfDay(
  day: string,
  timeZone: string,
  userId: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const query = { userId, startDate: day, endDate: day, timeZone, limit: 1 };
  const { filter } = await answerOf(api.GET('/api/credits/history', { params: { query }, signal }));
  return filter.to ?? '';
}

/** The last microsecond before an instant of the service. */
export function justBefore(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString().replace('Z', '999Z');
}

/** What finance records on the page. Absent fields are what the service chooses: now, never, everything, at the price. */
export type Entry =
  | { readonly kind: 'award'; readonly body: Schemas['CreateAward'] }
  | { readonly kind: 'purchase'; readonly body: Schemas['CreatePurchase'] }
  | { readonly kind: 'refund'; readonly deploymentId: string; readonly body: Schemas['CreateRefund'] }
  | { readonly kind: 'purchaseRefund'; readonly purchaseId: string; readonly body: Schemas['CreateRefund'] }
  | { readonly kind: 'reversal'; readonly purchaseId: string; readonly body: Schemas['CreateReversal'] }
  | { readonly kind: 'release'; readonly reversalId: string; readonly body: Schemas['CreateRelease'] };

/** Why the money of a purchase was taken back. */
export type ReversalReason = Schemas['ReversalReason'];

/** What an entry changes: the parts that the answers about all kinds have. */
export interface Effect {
  readonly balanceBefore: Amounts;
  readonly balance: Amounts;
  readonly revenueChanges: readonly RevenueChange[];
  /** Older debts that the credits settle. */
  readonly settlements: readonly Settlement[];
  /** The money of a purchase, or what is paid back, taken back or released of one. */
  readonly money: string | null;
  /** Of a refund. */
  readonly refundedCredits: string | null;
}

interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What an entry would change; records nothing. */
export function previewEntry(entry: Entry, signal: AbortSignal): Promise<Effect> {
  return send(entry, { preview: true }, { signal });
}

export function recordEntry(entry: Entry, sending: Sending): Promise<Effect> {
  return send(entry, {}, sending);
}

const NOTHING = { settlements: [], money: null, refundedCredits: null };

async function send(entry: Entry, query: { preview?: true }, sending: Sending): Promise<Effect> {
  switch (entry.kind) {
    case 'award': {
      const call = api.POST('/api/credits/awards', { params: { query }, body: entry.body, ...sending });
      return { ...NOTHING, ...(await answerOf(call)) };
    }
    case 'purchase': {
      const call = api.POST('/api/credits/purchases', { params: { query }, body: entry.body, ...sending });
      const answer = await answerOf(call);
      return { ...NOTHING, ...answer, money: answer.amount };
    }
    case 'refund': {
      const params = { path: { id: entry.deploymentId }, query };
      const call = api.POST('/api/deployments/{id}/refunds', { params, body: entry.body, ...sending });
      return { ...NOTHING, ...(await answerOf(call)) };
    }
    case 'purchaseRefund': {
      const params = { path: { externalId: entry.purchaseId }, query };
      const path = '/api/credits/purchases/{externalId}/refunds';
      const answer = await answerOf(api.POST(path, { params, body: entry.body, ...sending }));
      return { ...NOTHING, ...answer, money: answer.refundedValue };
    }
    case 'reversal': {
      const params = { path: { externalId: entry.purchaseId }, query };
      const path = '/api/credits/purchases/{externalId}/reversals';
      const answer = await answerOf(api.POST(path, { params, body: entry.body, ...sending }));
      return { ...NOTHING, ...changed(answer), money: answer.reversedValue };
    }
    case 'release': {
      const params = { path: { externalId: entry.reversalId }, query };
      const path = '/api/credits/reversals/{externalId}/release';
      const answer = await answerOf(api.POST(path, { params, body: entry.body, ...sending }));
      return { ...NOTHING, ...changed(answer), money: answer.releasedValue };
    }
  }
}

/** Callers who record on the page are told whose revenue changes. */
function changed<T extends { readonly revenueChanges?: RevenueChange[] }>(
  answer: T,
): T & { readonly revenueChanges: readonly RevenueChange[] } {
  return { ...answer, revenueChanges: answer.revenueChanges ?? [] };
}

export type BatchOrder = Schemas['CreateAwardBatch'];

/** Grants one award to many users; the service does it in the background. */
export function startBatch(body: BatchOrder, sending: Sending): Promise<Batch> {
  return answerOf(api.POST('/api/credits/awards/batches', { body, ...sending }));
}

export function readBatch(externalId: string, signal: AbortSignal): Promise<Batch> {
  const params = { path: { externalId } };
  return answerOf(api.GET('/api/credits/awards/batches/{externalId}', { params, signal }));
}
