/** The page's requests about settings. */

import { units } from '../exact/decimal.js';
import { answerOf, api, taggedAnswerOf, type Schemas } from './client.js';
import { Refusal } from './problem.js';
import type { Change } from './guarded-change.js';

export type Variable = Schemas['Variable'];
/** A share and when it holds. */
export type ShareStep = Schemas['ShareStep'];
export type VariableChange = Schemas['VariableChange'];
export type Preview = Schemas['SharePreview'];
export type PreviewFigures = Schemas['SharePreviewFigures'];
export interface TaggedVariable {
  readonly value: Variable;
  readonly etag: string;
}

/** What every caller may know of the platform. */
export interface Platform {
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  /** The partners' percentage of gross revenue; empty for callers who may not know it. */
  readonly share: string;
  /** The first and the last day with a deployment that the caller may see. */
  readonly days: Schemas['DeploymentDays'];
  /** Whether users sign in at this service, with a password that they can change. */
  readonly signsInHere: boolean;
}

export async function readPlatform(signal: AbortSignal): Promise<Platform> {
  const settings = await answerOf(api.GET('/api/settings', { signal }));
  const { timeZone, currency, partnerRevenueShare = '', deployments, signsInHere } = settings;
  return { timeZone, currency, share: partnerRevenueShare, days: deployments, signsInHere };
}

const SHARE = { key: 'partnerRevenueShare' } as const;
/** A write that takes longer is treated as lost. */
const LONGEST_WRITE_MS = 30_000;
const MOST_CHANGES = 50;

export function readShare(signal?: AbortSignal): Promise<TaggedVariable> {
  return taggedAnswerOf(api.GET('/api/variables/{key}', { params: { path: SHARE }, signal }));
}

/** The steps of the share in the order of time. */
export function stepsOf({ timeline, value }: Variable): readonly ShareStep[] {
  return timeline ?? [{ from: null, to: null, value }];
}

/**
 * @param share percent; from a day on, or in place of all steps
 * @param etag of the value that was read: if the value has changed since, the service changes nothing (412)
 */
export function changeShare(
  { value, from }: { readonly value: string; readonly from: string | null },
  etag: string,
): Promise<TaggedVariable> {
  return taggedAnswerOf(
    api.PUT('/api/variables/{key}', {
      params: { path: SHARE, header: { 'If-Match': etag } },
      body: from === null ? { value } : { value, effectiveFrom: from },
      signal: AbortSignal.timeout(LONGEST_WRITE_MS),
    }),
  );
}

/**
 * Takes back the step that begins in this day.
 *
 * @param etag as for `changeShare`
 */
export function takeBackStep(day: string, etag: string): Promise<TaggedVariable> {
  return taggedAnswerOf(
    api.DELETE('/api/variables/partnerRevenueShare/steps/{day}', {
      params: { path: { day }, header: { 'If-Match': etag } },
      signal: AbortSignal.timeout(LONGEST_WRITE_MS),
    }),
  );
}

export type OtherKey = Exclude<Variable['key'], 'partnerRevenueShare'>;

/**
 * Changes a variable, unless somebody else changed it since it was read. A repetition after a lost answer finds its own
 * change.
 */
export async function changeVariable(
  { seen, wanted }: { readonly seen: TaggedVariable; readonly wanted: string },
  signal: AbortSignal,
): Promise<Change<TaggedVariable>> {
  const path = { key: seen.value.key };
  const header = { 'If-Match': seen.etag };
  try {
    const params = { path, header };
    const now = await taggedAnswerOf(
      api.PUT('/api/variables/{key}', { params, body: { value: wanted }, signal }),
    );
    return { kind: 'saved', now };
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 412) throw error;
  }
  const now = await readVariable(seen.value.key, signal);
  return isSameValue(now.value.value, wanted)
    ? { kind: 'saved', now }
    : { kind: 'meanwhile', now, fields: ['value'] };
}

export function readVariable(key: Variable['key'], signal?: AbortSignal): Promise<TaggedVariable> {
  return taggedAnswerOf(api.GET('/api/variables/{key}', { params: { path: { key } }, signal }));
}

/** The service writes numbers without needless zeros. */
function isSameValue(one: string, other: string): boolean {
  const isNumber = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);
  return isNumber(one) && isNumber(other) ? units(one) === units(other) : one === other;
}

/** Changes the caller's own password. */
export async function changePassword(body: Schemas['ChangePassword'], signal: AbortSignal): Promise<void> {
  await api.PUT('/api/auth/password', { body, signal });
}

/** The latest changes of the share, the latest first. */
export async function readHistory(signal: AbortSignal): Promise<readonly VariableChange[]> {
  const params = { path: SHARE, query: { limit: MOST_CHANGES } };
  return (await answerOf(api.GET('/api/variables/{key}/history', { params, signal }))).data;
}

export async function readVariables(signal: AbortSignal): Promise<readonly Variable[]> {
  return (await answerOf(api.GET('/api/variables', { signal }))).data;
}

/** Each partner's figures under another share; changes nothing. */
export function readPreview(query: PreviewQuery, signal: AbortSignal): Promise<Preview> {
  return answerOf(api.GET('/api/variables/partnerRevenueShare/preview', { params: { query }, signal }));
}

export interface PreviewQuery {
  /** Percent. */
  readonly value: string;
  /** The first day of that share; absent: it replaces all steps. */
  readonly effectiveFrom?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly timeZone: string;
}
