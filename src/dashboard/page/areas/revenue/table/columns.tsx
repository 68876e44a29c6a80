/** The columns of the table: the default ones, and more to choose from. */

import type { Address } from '../../../address/address.js';
import type { Report, Row, Totals } from '../../../api/revenue.js';
import { Link } from '../../../ui/button.js';
import { Credits, DateTime, Money, Name } from '../../../ui/figures.js';
import type { Column } from '../../../ui/table.js';
import { AddressLink } from '../address-link.js';
import { knownLabel } from '../labels.js';
import { t } from '../texts.js';

export interface RevenueColumn extends Omit<Column<Row>, 'total'> {
  readonly sort?: Address['sort'];
  readonly isForAll?: true;
  readonly isUsual?: true;
  /** Whether the totals have the same field. */
  readonly isSummed?: true;
}

type CreditsField = 'creditCost' | 'freeCredits' | 'purchasedCredits' | 'unpaidCredits' | 'refundedCredits';
type MoneyField = 'revenue' | 'grossRevenue' | 'platformRevenue';

/** The columns that the caller's reports have. */
export function columnsFor(
  seesEverybody: boolean,
  report: Pick<Report, 'currency' | 'filter'>,
): readonly RevenueColumn[] {
  const { currency } = report;
  const all: RevenueColumn[] = [
    {
      id: 'moduleName',
      head: t('colModuleName'),
      sort: 'moduleName',
      isUsual: true,
      isRowHead: true,
      least: 24,
      cell: whyLink,
    },
    {
      id: 'createdAt',
      head: t('colCreatedAt'),
      sort: 'createdAt',
      isUsual: true,
      cell: ({ createdAt }) => <DateTime instant={createdAt} timeZone={report.filter.timeZone} />,
    },
    { ...creditsColumn('creditCost', t('colCreditCost')), sort: 'creditCost', isUsual: true },
    { ...moneyColumn('revenue', t('colRevenue'), currency), sort: 'revenue', isUsual: true },
    moneyColumn('grossRevenue', t('colGrossRevenue'), currency),
    { ...moneyColumn('platformRevenue', t('colPlatformRevenue'), currency), isForAll: true },
    creditsColumn('freeCredits', t('colFreeCredits')),
    creditsColumn('purchasedCredits', t('colPurchasedCredits')),
    creditsColumn('unpaidCredits', t('colUnpaidCredits')),
    creditsColumn('refundedCredits', t('colRefundedCredits')),
    { id: 'partner', head: t('colPartner'), isForAll: true, isUsual: true, least: 16, cell: partnerName },
    { id: 'customer', head: t('colCustomer'), isForAll: true, isUsual: true, least: 16, cell: customerLink },
    {
      id: 'deploymentId',
      head: t('colDeploymentId'),
      least: 12,
      cell: ({ deploymentId }) => <code>{deploymentId}</code>,
    },
  ];
  return all.filter(({ isForAll }) => !isForAll || seesEverybody);
}

/** In the order of `all`, always with the module. */
export function chosenColumns(
  all: readonly RevenueColumn[],
  ids: Address['columns'],
): readonly RevenueColumn[] {
  return all.filter(({ id, isUsual }) => id === 'moduleName' || (ids === null ? isUsual : ids.includes(id)));
}

/** The columns with their totals of the whole filter. */
export function withTotals(columns: readonly RevenueColumn[], totals: Totals): readonly Column<Row>[] {
  // The totals have the same field names as a row.
  const figures = totals as unknown as Row;
  return columns.map((column) => ({ ...column, total: column.isSummed && column.cell(figures) }));
}

function creditsColumn(id: CreditsField, head: string): RevenueColumn {
  return { id, head, kind: 'number', isSummed: true, cell: (row) => <Credits amount={row[id]} /> };
}

function moneyColumn(id: MoneyField, head: string, currency: string): RevenueColumn {
  const cell: RevenueColumn['cell'] = (row) => <Money amount={row[id] ?? '0'} currency={currency} />;
  return { id, head, kind: 'number', isSummed: true, cell };
}

const whyLink: RevenueColumn['cell'] = ({ deploymentId, moduleName }) => (
  <AddressLink change={{ deployment: deploymentId }} class="why" title={t('why', { module: moduleName })}>
    <Name text={moduleName} title="" />
  </AddressLink>
);

const partnerName: RevenueColumn['cell'] = ({ partnerId = null, partnerEmail = null }) => {
  if (partnerId === null) return <span class="hint">{t('platform')}</span>;
  return (
    <Name
      text={knownLabel('partner', partnerId) ?? partnerEmail ?? partnerId}
      title={partnerEmail ?? partnerId}
    />
  );
};

const customerLink: RevenueColumn['cell'] = ({ userId = '', userEmail = null }) => (
  <Link to={`/customers/${encodeURIComponent(userId)}`} class="quiet-link" title={userId}>
    <span class="one-line">
      <bdi dir="auto">{userEmail ?? userId}</bdi>
    </span>
  </Link>
);
