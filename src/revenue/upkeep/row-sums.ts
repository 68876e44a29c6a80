import {
  formatDecimal,
  formatRevenue,
  microsFromNumeric,
  parseInstant,
  revenueOf,
  shareAt,
  type Instant,
  type Micros,
  type Revenue,
  type ShareTimeline,
} from '../../domain/index.js';
import { PROJECTION_TABLES, columnNames } from '../../credits/index.js';
import type { CopyRow, Snapshot } from '../../platform/database/index.js';
import type { RevenueFilter } from '../filter/revenue-filter.js';
import { sumRows } from '../report/report-totals.js';
import { SUMMED_FIGURES, type RevenueSums } from '../rollup/figures.js';

const COLUMNS = columnNames(PROJECTION_TABLES.deployments);
const SUMS = Object.entries(SUMMED_FIGURES).map(
  ([sum, column]) => [sum as keyof typeof SUMMED_FIGURES, COLUMNS.indexOf(column)] as const,
);
const PARTNER_INDEX = COLUMNS.indexOf('partner_id');
const GROSS_INDEX = COLUMNS.indexOf('gross_revenue');
const SHARED_GROSS_INDEX = COLUMNS.indexOf('shared_gross');
const DEPLOYED_AT_INDEX = COLUMNS.indexOf('deployed_at');

interface Sums {
  deployments: number;
  revenue: Revenue;
  readonly decimals: Record<keyof typeof SUMMED_FIGURES, Micros>;
}

/**
 * Sums the report's rows one by one, per partner, to compare them with the report itself (invariant 5): once for all
 * deployments and once for those with revenue.
 */
export class RowSums {
  private readonly all = new Map<string | null, Sums>();
  private readonly generating = new Map<string | null, Sums>();

  constructor(private readonly shares: ShareTimeline) {}

  /** @param row of deployment_revenue, canonical, as it is stored */
  add(row: CopyRow): void {
    const partnerId = row[PARTNER_INDEX] ?? null;
    const revenue = this.revenueIn(row);
    addTo(this.all, partnerId, row, revenue);
    if (row[GROSS_INDEX] !== '0') addTo(this.generating, partnerId, row, revenue);
  }

  private revenueIn(row: CopyRow): Revenue {
    const deployedAt = parseInstant(row[DEPLOYED_AT_INDEX] ?? '') as Instant;
    return revenueOf(microsFromNumeric(row[SHARED_GROSS_INDEX] ?? '0'), shareAt(this.shares, deployedAt));
  }

  /** A sentence for every partner (or the platform) whose report differs from the sum of its rows. */
  async *disagreements({ client }: Snapshot): AsyncGenerator<string> {
    for (const [sums, includeFree] of [
      [this.all, true],
      [this.generating, false],
    ] as const) {
      for (const partnerId of this.all.keys()) {
        const reported = await sumRows(client, ownedBy(partnerId, includeFree), this.shares);
        const summed = sums.get(partnerId) ?? noSums();
        yield* disagreementsOf(partnerId, includeFree, reported, summed);
      }
    }
  }
}

function addTo(
  sums: Map<string | null, Sums>,
  partnerId: string | null,
  row: CopyRow,
  revenue: Revenue,
): void {
  let sum = sums.get(partnerId);
  if (sum === undefined) sums.set(partnerId, (sum = noSums()));
  sum.deployments += 1;
  sum.revenue += revenue;
  for (const [name, index] of SUMS) sum.decimals[name] += microsFromNumeric(row[index] ?? '0');
}

function noSums(): Sums {
  return {
    deployments: 0,
    revenue: 0n,
    decimals: {
      creditCost: 0n,
      freeCredits: 0n,
      purchasedCredits: 0n,
      unpaidCredits: 0n,
      refundedCredits: 0n,
      grossRevenue: 0n,
      sharedGross: 0n,
    },
  };
}

function* disagreementsOf(
  partnerId: string | null,
  includeFree: boolean,
  reported: RevenueSums,
  summed: Sums,
): Generator<string> {
  const owner = partnerId === null ? 'the platform’s own modules' : `partner ${partnerId}`;
  const which = includeFree ? 'all deployments' : 'revenue-generating deployments';
  const texts = Object.entries(summed.decimals).map(([name, value]) => [name, formatDecimal(value)] as const);
  const others = [
    ['deployments', String(summed.deployments)],
    ['revenue', formatRevenue(summed.revenue)],
  ] as const;
  for (const [name, value] of [...others, ...texts]) {
    const stated = reported[name as keyof RevenueSums];
    if (stated !== value) {
      yield `report of ${owner}, ${which}: ${name} is ${stated}, but the sum of its rows is ${value}`;
    }
  }
}

function ownedBy(partnerId: string | null, includeFree: boolean): RevenueFilter {
  return {
    startDate: null,
    endDate: null,
    from: null,
    to: null,
    timeZone: 'UTC',
    moduleIds: [],
    exceptModuleIds: [],
    userIds: [],
    partnerIds: partnerId === null ? [] : [partnerId],
    owner: partnerId === null ? 'platform' : null,
    includeFree,
  };
}
