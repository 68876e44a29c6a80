import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatRevenue, revenueFromNumeric, type Revenue } from '../../domain/index.js';
import { instantFromPostgres, Snapshots } from '../../platform/database/index.js';
import type { Viewer } from '../../revenue/index.js';
import { currencyPlaces, VariablesService } from '../../variables/index.js';
import { readLastClosing } from '../closing/closing.js';
import { readOpenings } from '../closing/drafts.js';
import { statedDeployments } from '../closing/month-sums.js';
import { sharesOf, type Shares } from '../closing/terms.js';
import type { AdjustmentLine } from '../lines/line.js';
import { visiblePartner } from './find-statement.js';
import { Statements } from './statements.service.js';

/** A month that is not closed. */
export interface OpenMonth {
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly deployments: number;
  readonly purchasedCredits: string;
  readonly grossRevenue: string;
  readonly revenue: string;
}

/** What a partner has that no statement states yet. */
export interface CurrentStanding {
  readonly partnerId: string;
  readonly currency: string;
  readonly currencyMinorUnit: number;
  readonly timeZone: string;
  /** What the last statement carried. */
  readonly opening: string;
  /** Months that are over and not closed. */
  readonly months: OpenMonth[];
  /** The month that runs, so far. */
  readonly running: OpenMonth;
  /** The sum of `open`. */
  readonly adjustments: string;
  /** Adjustment lines that the next closing would write. */
  readonly open: AdjustmentLine[];
  /** opening + all months + adjustments. */
  readonly due: string;
}

/** Reads what is not stated yet. */
@Injectable()
export class CurrentStandings {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly variables: VariablesService,
    private readonly statements: Statements,
  ) {}

  /** @throws Problem STATEMENTS.PARTNER_NOT_FOUND */
  async read(partnerId: string, viewer: Viewer): Promise<CurrentStanding> {
    return this.snapshots.read(async ({ manager }) => {
      await visiblePartner(partnerId, viewer, manager);
      const current = await this.variables.current(manager);
      const closed = await readLastClosing(manager);
      const timeZone = closed?.last.timeZone ?? current.timeZone;
      const edges = await openEdges({ partnerId, timeZone, from: closed?.last.endsAt ?? null }, manager);
      const months = await openMonths(partnerId, edges, sharesOf(current.shares), manager);
      const running = months.pop();
      if (running === undefined) throw new Error('There is no month that runs.');
      const open = await this.statements.openLines({ partnerId }, viewer, manager);
      const opening = (await readOpenings(manager, partnerId)).get(partnerId) ?? 0n;
      const adjustments = sumOf(open.map(({ revenueDifference }) => revenueDifference));
      const due = opening + adjustments + sumOf([...months, running].map(({ revenue }) => revenue));
      return {
        partnerId,
        currency: current.currency,
        currencyMinorUnit: currencyPlaces(current.currency),
        timeZone,
        opening: formatRevenue(opening),
        months,
        running,
        adjustments: formatRevenue(adjustments),
        open,
        due: formatRevenue(due),
      };
    });
  }
}

interface Edge {
  readonly month: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** The months from the last closed one, or from the first deployment, to the one that runs. */
async function openEdges(
  { partnerId, timeZone, from }: { partnerId: string; timeZone: string; from: string | null },
  manager: EntityManager,
): Promise<Edge[]> {
  return manager.query<Edge[]>(
    `WITH span AS (
       SELECT date_trunc('month', coalesce($3::timestamptz + interval '12 hours',
                (SELECT min(deployed_at) FROM deployment_revenue WHERE partner_id = $1 AND generating),
                clock_timestamp()) AT TIME ZONE $2) AS first,
              date_trunc('month', clock_timestamp() AT TIME ZONE $2) AS last)
     SELECT to_char(month, 'YYYY-MM') AS month,
            coalesce(CASE WHEN month = first THEN $3::timestamptz END, local_day_start(month::date, $2)) AS "startsAt",
            local_day_start((month + interval '1 month')::date, $2) AS "endsAt"
       FROM span, generate_series(first, greatest(first, last), interval '1 month') AS month ORDER BY month`,
    [partnerId, timeZone, from],
  );
}

async function openMonths(
  partnerId: string,
  edges: readonly Edge[],
  shares: Shares,
  manager: EntityManager,
): Promise<OpenMonth[]> {
  const starts = edges.map(({ startsAt }) => startsAt);
  const rows = await manager.query<
    (Record<'place', number> &
      Record<'deployments' | 'purchasedCredits' | 'grossRevenue' | 'revenue', string>)[]
  >(
    `SELECT width_bucket(deployed_at, $2::timestamptz[]) AS place, count(*) AS deployments,
            trim_scale(sum(purchased_credits))::text AS "purchasedCredits",
            trim_scale(sum(gross_revenue))::text AS "grossRevenue",
            sum(gross_revenue * ${shares.percentAt('deployed_at')} * 0.01)::text AS revenue
       FROM deployment_revenue AS revenue
      WHERE partner_id = $1 AND ${statedDeployments({ from: '($2::timestamptz[])[1]', to: '$3::timestamptz' })}
      GROUP BY 1`,
    [partnerId, starts, edges.at(-1)?.endsAt],
  );
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return edges.map(({ month, startsAt, endsAt }, index) => {
    const row = byPlace.get(index + 1);
    return {
      month,
      from: instantFromPostgres(startsAt),
      to: instantFromPostgres(endsAt),
      deployments: Number(row?.deployments ?? 0),
      purchasedCredits: row?.purchasedCredits ?? '0',
      grossRevenue: row?.grossRevenue ?? '0',
      revenue: formatRevenue(revenueFromNumeric(row?.revenue ?? '0')),
    };
  });
}

function sumOf(amounts: readonly string[]): Revenue {
  return amounts.reduce((sum, amount) => sum + revenueFromNumeric(amount), 0n);
}
