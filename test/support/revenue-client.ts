import { send, type Answer } from './http-client.js';
import type { TestService } from './service.js';
import { tokenOf } from './tokens.js';

/** A row of the report; the last five fields are only for finance. */
export type Row = Readonly<
  Record<
    | 'deploymentId'
    | 'moduleId'
    | 'moduleName'
    | 'createdAt'
    | 'creditCost'
    | 'freeCredits'
    | 'purchasedCredits'
    | 'unpaidCredits'
    | 'refundedCredits'
    | 'grossRevenue'
    | 'partnerRevenueShare'
    | 'revenue',
    string
  >
> & {
  readonly partnerId?: string | null;
  readonly partnerEmail?: string | null;
  readonly userId?: string;
  readonly userEmail?: string | null;
  readonly platformRevenue?: string;
};

/** A step of the share in the response; null: without limit. */
export interface ShareStep {
  readonly from: string | null;
  readonly to: string | null;
  readonly value: string;
}

/** The report in the response. */
export interface Report {
  readonly data: readonly Row[];
  readonly totals: Readonly<Record<string, string>> & { readonly deployments: number };
  readonly partnerRevenueShare: string;
  readonly shares: readonly ShareStep[];
  readonly currency: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly snapshotAt: string;
  readonly page: {
    readonly limit: number;
    readonly nextCursor: string | null;
    readonly prevCursor: string | null;
  };
}

export const FINANCE = tokenOf('fin', ['finance']);
export const ACME = tokenOf('acme', ['partner']);
export const BOLT = tokenOf('bolt', ['partner']);

/** Requests the report, for any answer. */
export function askRevenue(
  service: Pick<TestService, 'url'>,
  query: string,
  token = FINANCE,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return send(`${service.url}/api/revenue${query === '' ? '' : `?${query}`}`, { token, headers });
}

/** The report, which must be answered. */
export async function revenueReport(
  service: Pick<TestService, 'url'>,
  query = '',
  token = FINANCE,
): Promise<Report> {
  const answer = await askRevenue(service, query, token);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.json<Report>();
}

/** All rows of a filter at once; the tests' platforms have fewer than 500. */
export async function allRows(
  service: Pick<TestService, 'url'>,
  query = '',
  token = FINANCE,
): Promise<readonly Row[]> {
  const report = await revenueReport(service, `limit=500&${query}`, token);
  if (report.page.nextCursor !== null) throw new Error('There are more than 500 rows.');
  return report.data;
}

/** A decimal of up to 12 places as an integer of 10^-12, read without the code under test. */
export function picos(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(12, '0'));
}
