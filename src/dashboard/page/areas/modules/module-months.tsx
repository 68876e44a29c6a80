/** What a module earned in each of the last twelve months. */

import type { JSX } from 'preact';
import { countModuleCustomers, readModuleMonths, type Group, type Module } from '../../api/modules.js';
import type { Summary } from '../../api/revenue.js';
import { units } from '../../exact/decimal.js';
import { periodName } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { Count, Credits, Money } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Card } from '../../ui/view.js';
import { lastMonths } from './months.js';
import { useModuleRights } from './rights.js';
import { t } from './texts.js';

export function ModuleMonths({ module }: { readonly module: Module }): JSX.Element {
  const { timeZone } = usePlatform();
  const { seesAll } = useModuleRights();
  const asked = { id: module.id, days: lastMonths(timeZone, new Date()) };
  const months = useQuestion(asked, ({ id, days }, signal) => readModuleMonths(id, days, signal));
  // The service tells a partner nothing of customers.
  const customers = useQuestion(seesAll ? asked : null, ({ id, days }, signal) =>
    countModuleCustomers(id, days, signal),
  );
  return (
    <Card
      title={t('byMonth')}
      aside={<span class="hint">{t('monthsZone', { zone: timeZone })}</span>}
      class="months"
    >
      <Answer of={months} skeleton={<Skeleton size="tall" />}>
        {(summary) =>
          summary.totals.deployments === 0 ? (
            <p class="hint pad">{t('noRevenue')}</p>
          ) : (
            <>
              <Figures summary={summary} customers={customers.shown.value?.answer} />
              <Months summary={summary} />
            </>
          )
        }
      </Answer>
    </Card>
  );
}

interface FiguresProps {
  readonly summary: Summary;
  /** Undefined: not known. */
  readonly customers: number | undefined;
}

function Figures({ summary, customers }: FiguresProps): JSX.Element {
  const { currency } = usePlatform();
  const { seesAll } = useModuleRights();
  const { totals, data } = summary;
  const last = data.at(-1);
  const own = (row: { grossRevenue: string; revenue: string }): string =>
    seesAll ? row.grossRevenue : row.revenue;
  return (
    <dl class="facts across">
      <div class="hero">
        <dt>
          {t(seesAll ? 'gross' : 'revenue')}, {t('last12')}
        </dt>
        <dd>
          <Money amount={own(totals)} currency={currency} isAlone />
        </dd>
      </div>
      {last !== undefined && (
        <div>
          <dt>{t('monthSoFar', { month: periodName(last.key ?? '', 'long') })}</dt>
          <dd>
            <Money amount={own(last)} currency={currency} isAlone />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('deployments')}</dt>
        <dd>
          <Count value={totals.deployments} />
        </dd>
      </div>
      {customers !== undefined && (
        <div>
          <dt>{t('customers')}</dt>
          <dd>
            <Count value={customers} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('credits')}</dt>
        <dd>
          <Credits amount={totals.creditCost} />
        </dd>
      </div>
    </dl>
  );
}

function Months({ summary: { data, totals } }: { readonly summary: Summary }): JSX.Element {
  const { currency } = usePlatform();
  const { seesAll } = useModuleRights();
  const most = data.reduce((max, { grossRevenue }) => {
    const value = units(grossRevenue);
    return value > max ? value : max;
  }, 0n);
  const money = (id: 'grossRevenue' | 'platformRevenue' | 'revenue', head: string): Column<Group> => ({
    id,
    head,
    kind: 'number',
    least: 12,
    cell: (row) => <Money amount={row[id] ?? '0'} currency={currency} />,
    total: <Money amount={totals[id] ?? '0'} currency={currency} />,
  });
  const columns: readonly Column<Group>[] = [
    {
      id: 'month',
      head: t('month'),
      isRowHead: true,
      least: 16,
      cell: ({ key, grossRevenue }) => (
        <span class="month-name">
          {periodName(key ?? '', 'long')}
          <Bar value={units(grossRevenue)} most={most} />
        </span>
      ),
    },
    {
      id: 'deployments',
      head: t('deployments'),
      kind: 'number',
      cell: ({ deployments }) => <Count value={deployments} />,
      total: <Count value={totals.deployments} />,
    },
    {
      id: 'credits',
      head: t('credits'),
      kind: 'number',
      cell: ({ creditCost }) => <Credits amount={creditCost} />,
      total: <Credits amount={totals.creditCost} />,
    },
    money('grossRevenue', t('gross')),
    ...(seesAll ? [money('platformRevenue', t('platformRevenue'))] : []),
    money('revenue', t(seesAll ? 'partnerRevenue' : 'revenue')),
  ];
  return (
    <Table
      caption={t('byMonthCaption')}
      columns={columns}
      rows={[...data].reverse()}
      keyOf={({ key }) => key ?? ''}
      totals={t('total')}
    />
  );
}

/** The month beside the best one; the figure beside it says the same. */
function Bar({ value, most }: { readonly value: bigint; readonly most: bigint }): JSX.Element {
  const percent = most > 0n && value > 0n ? Number((value * 1000n) / most) / 10 : 0;
  return (
    <svg class="month-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect width={percent} height="6" rx="1" />
    </svg>
  );
}
