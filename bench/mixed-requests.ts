import { randomUUID } from 'node:crypto';
import { anyOf } from './people.js';

export const USERS = 200;
export const MODULES = 20;
export const DAY_MS = 86_400_000;

/** A request to the API; `entry` is the `type id` of the entry that it makes. */
export interface MixedRequest {
  readonly path: string;
  readonly role: 'platform' | 'finance';
  readonly body?: string;
  readonly entry?: string;
}

/** A kind of request, how often it comes, and which answers are right. */
export interface Kind {
  readonly kind: string;
  readonly share: number;
  readonly right: readonly number[];
  readonly make: () => MixedRequest;
}

const anyTimeBefore = (): string => new Date(Date.now() - DAY_MS - Math.random() * 20 * DAY_MS).toISOString();

/** The requests of a mixed load, and what became of them. */
export class MixedRequests {
  readonly kinds: readonly Kind[] = [
    { kind: 'charge', share: 0.6, make: () => charge(), right: [201, 402] },
    { kind: 'purchase', share: 0.12, make: () => purchase(), right: [201] },
    { kind: 'refund', share: 0.1, make: () => this.refund(), right: [201] },
    { kind: 'late', share: 0.1, make: () => late(), right: [201] },
    { kind: 'report', share: 0.08, make: () => REPORT, right: [200] },
  ];
  /** `type id` of every entry that was acknowledged. */
  readonly acknowledged = new Set<string>();
  /** Deployments that were acknowledged and not yet given back. */
  private readonly refundable: string[] = [];

  anyKind(): Kind {
    let left = Math.random();
    const kind = this.kinds.find(({ share }) => (left -= share) < 0) ?? this.kinds[0];
    if (kind === undefined) throw new Error('There are no kinds of requests.');
    return kind;
  }

  acknowledge(entry: string): void {
    this.acknowledged.add(entry);
    if (entry.startsWith('deployment ')) this.refundable.push(entry.slice('deployment '.length));
  }

  private refund(): MixedRequest {
    const [deploymentId] = this.refundable.splice(Math.floor(Math.random() * this.refundable.length), 1);
    if (deploymentId === undefined) return purchase();
    const externalId = randomUUID();
    return post(`deployments/${deploymentId}/refunds`, { externalId }, `refund ${externalId}`);
  }
}

const REPORT: MixedRequest = { path: 'revenue?limit=50', role: 'finance' };

const post = (path: string, body: object, entry: string): MixedRequest => ({
  path,
  role: 'platform',
  body: JSON.stringify(body),
  entry,
});

function charge(): MixedRequest {
  const id = randomUUID();
  const body = { id, userId: anyOf('u', USERS), moduleId: anyOf('m', MODULES) };
  return post('deployments', body, `deployment ${id}`);
}

function purchase(): MixedRequest {
  const externalId = randomUUID();
  const body = { externalId, userId: anyOf('u', USERS), credits: '25', amount: '2.5' };
  return post('credits/purchases', body, `purchase ${externalId}`);
}

/** A fact of the past weeks: its user's history is folded again. */
function late(): MixedRequest {
  const id = randomUUID();
  const userId = anyOf('u', USERS);
  if (Math.random() < 0.5) {
    const body = { externalId: id, userId, credits: '3', occurredAt: anyTimeBefore() };
    return post('credits/awards', body, `award ${id}`);
  }
  const body = { id, userId, moduleId: anyOf('m', MODULES), createdAt: anyTimeBefore() };
  return post('deployments', body, `deployment ${id}`);
}
