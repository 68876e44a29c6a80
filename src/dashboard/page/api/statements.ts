/** The page's requests about closed months: statements, closings, payouts and payments. */

import { answerOf, api, type Schemas } from './client.js';

export type Statement = Schemas['Statement'];
type StatementList = Schemas['StatementList'];
export type Standing = Schemas['CurrentStanding'];
export type ModuleSum = Schemas['StatementModule'];
export type Lines = Schemas['StatementLinesPage'];
export type Line = Lines['data'][number];
export type RevenueLine = Schemas['RevenueLine'];
export type AdjustmentLine = Schemas['AdjustmentLine'];
export type Changes = Schemas['StatementChanges'];
export type Payment = Schemas['StatementPayment'];
export type Closing = Schemas['Closing'];
export type ClosingPreview = Schemas['ClosingPreview'];
export type PreviewedStatement = Schemas['PreviewedStatement'];
export type Payouts = Schemas['PayoutList'];
export type Payout = Schemas['Payout'];
type Recorded = Schemas['RecordedStatementPayment'];

/** The most rows that the service returns at once. */
const MOST_ROWS = 500;

interface Sending {
  readonly headers: Readonly<Record<'Idempotency-Key', string>>;
  readonly signal: AbortSignal;
}

/**
 * All statements of a partner, one a month.
 *
 * @param partnerId null: of the caller
 */
export async function readStatements(
  partnerId: string | null,
  signal: AbortSignal,
): Promise<readonly Statement[]> {
  const all: Statement[] = [];
  for (let cursor: string | null = null; ;) {
    const query = { limit: MOST_ROWS, ...(partnerId && { partnerId }), ...(cursor && { cursor }) };
    const list: StatementList = await answerOf(api.GET('/api/statements', { params: { query }, signal }));
    all.push(...list.data);
    cursor = list.page.nextCursor;
    if (cursor === null) return all;
  }
}

/** What no statement states yet. @param partnerId null: of the caller */
export function readStanding(partnerId: string | null, signal: AbortSignal): Promise<Standing> {
  const query = partnerId === null ? {} : { partnerId };
  return answerOf(api.GET('/api/statements/current', { params: { query }, signal }));
}

export function readStatement(id: string, signal: AbortSignal): Promise<Statement> {
  return answerOf(api.GET('/api/statements/{id}', { params: { path: { id } }, signal }));
}

export async function readModuleSums(id: string, signal: AbortSignal): Promise<readonly ModuleSum[]> {
  return (await answerOf(api.GET('/api/statements/{id}/modules', { params: { path: { id } }, signal }))).data;
}

export interface LinesQuery {
  readonly id: string;
  readonly kind: Line['kind'];
}

/** @param cursor null: the first page */
export function readLines(
  { id, kind }: LinesQuery,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Lines> {
  const query = cursor === null ? { kind } : { kind, cursor };
  return answerOf(api.GET('/api/statements/{id}/lines', { params: { path: { id }, query }, signal }));
}

export function readChanges(id: string, signal: AbortSignal): Promise<Changes> {
  return answerOf(api.GET('/api/statements/{id}/changes', { params: { path: { id } }, signal }));
}

export async function readPayments(id: string, signal: AbortSignal): Promise<readonly Payment[]> {
  return (await answerOf(api.GET('/api/statements/{id}/payments', { params: { path: { id } }, signal })))
    .data;
}

/** A payment with an id of its own, so that it is recorded at most once, whatever gets lost. */
export type PaymentOrder = Schemas['CreateStatementPayment'] & { readonly externalId: string };

export function recordPayment(id: string, body: PaymentOrder, sending: Sending): Promise<Recorded> {
  return answerOf(api.POST('/api/statements/{id}/payments', { params: { path: { id } }, body, ...sending }));
}

/** The first month first. */
export async function readClosings(signal: AbortSignal): Promise<readonly Closing[]> {
  return (await answerOf(api.GET('/api/statements/closings', { signal }))).data;
}

/** What closing a month now would state; writes nothing. */
export function previewClosing(month: string, signal: AbortSignal): Promise<ClosingPreview> {
  return answerOf(api.POST('/api/statements/closings/preview', { body: { month }, signal }));
}

export function closeMonth(body: Schemas['CloseMonth'], sending: Sending): Promise<Closing> {
  return answerOf(api.POST('/api/statements/closings', { body, ...sending }));
}

export function readPayouts(month: string, signal: AbortSignal): Promise<Payouts> {
  return answerOf(api.GET('/api/payouts', { params: { query: { month } }, signal }));
}
