/** The page's requests about the audit. */

import { answerOf, api, type Schemas } from './client.js';

export type AuditEvent = Schemas['AuditEvent'];
export type AuditList = Schemas['AuditList'];

export interface AuditQuery {
  readonly actor?: string;
  readonly action?: string;
  readonly target?: string;
  readonly outcome?: AuditEvent['outcome'];
  /** Days in UTC, both included. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly cursor?: string;
}

export function readAudit(query: AuditQuery, signal?: AbortSignal): Promise<AuditList> {
  return answerOf(api.GET('/api/audit', { params: { query }, signal }));
}
