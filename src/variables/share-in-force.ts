import {
  formatRevenueShare,
  parseInstant,
  shareAt,
  type Instant,
  type ShareTimeline,
} from '../domain/index.js';

/** The share in force at the time of a snapshot, in the form of docs/contract.md. */
export function shareInForce(shares: ShareTimeline, snapshotAt: string): string {
  return formatRevenueShare(shareAt(shares, parseInstant(snapshotAt) as Instant));
}
