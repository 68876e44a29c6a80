import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatDecimal, formatRevenue, microsFromNumeric } from '../../domain/index.js';
import { instantFromPostgres, Snapshots } from '../../platform/database/index.js';
import { partnersGrossBefore } from '../../revenue/index.js';
import { TimeZones, VariablesService } from '../../variables/index.js';
import type { SettledElsewhere } from './closing.js';
import { assertOver, type ClosingRequest } from './closing-month.js';
import { draftMonth, type StatementDraft } from './drafts.js';
import { readTerms } from './terms.js';

/** What closing now would state for a partner. Decimals are canonical texts. */
export interface PreviewedStatement {
  readonly partnerId: string;
  readonly email: string | null;
  readonly deployments: number;
  readonly purchasedCredits: string;
  readonly grossRevenue: string;
  readonly opening: string;
  readonly revenue: string;
  readonly adjustments: string;
  /** Number of adjustment lines. */
  readonly adjustedDeployments: number;
  readonly due: string;
  readonly payable: string;
  readonly carried: string;
}

/** What closing a month now would give. */
export interface ClosingPreview {
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly currencyMinorUnit: number;
  readonly minimumPayout: string;
  readonly settledElsewhere: SettledElsewhere;
  readonly data: PreviewedStatement[];
  readonly totals: Omit<PreviewedStatement, 'partnerId' | 'email'>;
}

/** Shows what closing a month would state; writes nothing. */
@Injectable()
export class ClosingPreviews {
  constructor(
    private readonly snapshots: Snapshots,
    private readonly variables: VariablesService,
    private readonly zones: TimeZones,
  ) {}

  /** @throws Problem STATEMENTS.OUT_OF_ORDER, MONTH_NOT_OVER, ZONE_FIXED, UNKNOWN_ZONE */
  async preview(request: ClosingRequest): Promise<ClosingPreview> {
    return this.snapshots.read(async ({ client, manager }) => {
      const terms = await readTerms(request, { variables: this.variables, zones: this.zones }, manager);
      await assertOver(terms, manager);
      const { statements } = await draftMonth(terms, manager);
      const emails = await emailsOf(statements, manager);
      const data = statements.map((draft) => previewed(draft, emails));
      return {
        month: terms.month,
        from: instantFromPostgres(terms.startsAt),
        to: instantFromPostgres(terms.endsAt),
        timeZone: terms.timeZone,
        currency: terms.currency,
        currencyMinorUnit: terms.currencyMinorUnit,
        minimumPayout: formatRevenue(terms.minimumPayout),
        settledElsewhere: await partnersGrossBefore(client, instantFromPostgres(terms.firstStart)),
        data,
        totals: totalsOf(statements),
      };
    });
  }
}

function previewed(draft: StatementDraft, emails: ReadonlyMap<string, string | null>): PreviewedStatement {
  const { partnerId, deployments, purchasedCredits, grossRevenue, adjustedDeployments } = draft;
  const { opening, revenue, adjustments, due, payable, carried } = draft;
  return {
    partnerId,
    email: emails.get(partnerId) ?? null,
    deployments,
    purchasedCredits,
    grossRevenue,
    opening: formatRevenue(opening),
    revenue: formatRevenue(revenue),
    adjustments: formatRevenue(adjustments),
    adjustedDeployments,
    due: formatRevenue(due),
    payable: formatRevenue(payable),
    carried: formatRevenue(carried),
  };
}

function totalsOf(drafts: readonly StatementDraft[]): ClosingPreview['totals'] {
  const sum = (valueOf: (draft: StatementDraft) => bigint): bigint =>
    drafts.reduce((total, draft) => total + valueOf(draft), 0n);
  const revenue = (name: 'opening' | 'revenue' | 'adjustments' | 'due' | 'payable' | 'carried'): string =>
    formatRevenue(sum((draft) => draft[name]));
  const decimal = (name: 'purchasedCredits' | 'grossRevenue'): string =>
    formatDecimal(sum((draft) => microsFromNumeric(draft[name])));
  return {
    deployments: drafts.reduce((total, draft) => total + draft.deployments, 0),
    purchasedCredits: decimal('purchasedCredits'),
    grossRevenue: decimal('grossRevenue'),
    opening: revenue('opening'),
    revenue: revenue('revenue'),
    adjustments: revenue('adjustments'),
    adjustedDeployments: drafts.reduce((total, draft) => total + draft.adjustedDeployments, 0),
    due: revenue('due'),
    payable: revenue('payable'),
    carried: revenue('carried'),
  };
}

async function emailsOf(
  drafts: readonly StatementDraft[],
  manager: EntityManager,
): Promise<Map<string, string | null>> {
  const rows = await manager.query<{ id: string; email: string | null }[]>(
    'SELECT id, email FROM users WHERE id = ANY ($1)',
    [drafts.map(({ partnerId }) => partnerId)],
  );
  return new Map(rows.map(({ id, email }) => [id, email]));
}
