import type { JSX } from 'preact';
import type { ModuleSum } from '../../api/statements.js';
import { sum } from '../../exact/decimal.js';
import { Count, Credits, Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { SomeRows } from './some-rows.js';
import { t } from './texts.js';

export interface ModuleSumsProps {
  readonly modules: readonly ModuleSum[];
  /** ISO 4217. */
  readonly currency: string;
}

/** The lines of a statement, added up by module, and their sums. */
export function ModuleSums({ modules, currency }: ModuleSumsProps): JSX.Element {
  if (modules.length === 0) return <p class="hint pad">{t('noLines')}</p>;
  return (
    <SomeRows rows={modules}>
      {(shown) => (
        <Table
          caption={t('modules')}
          columns={columns(modules, currency)}
          rows={shown}
          keyOf={({ moduleId }) => moduleId}
          totals={t('sum')}
        />
      )}
    </SomeRows>
  );
}

function columns(modules: readonly ModuleSum[], currency: string): readonly Column<ModuleSum>[] {
  const all = (field: 'purchasedCredits' | 'grossRevenue' | 'revenue' | 'adjustments'): string =>
    sum(modules.map((module) => module[field]));
  const money = (id: 'grossRevenue' | 'revenue' | 'adjustments', head: string): Column<ModuleSum> => ({
    id,
    head,
    kind: 'number',
    cell: (module) => <Money amount={module[id]} currency={currency} />,
    total: <Money amount={all(id)} currency={currency} />,
  });
  return [
    {
      id: 'module',
      head: t('inModule'),
      isRowHead: true,
      least: 16,
      cell: ({ moduleId, moduleName }) => <Name text={moduleName} title={moduleId} />,
    },
    {
      id: 'deployments',
      head: t('deployments'),
      kind: 'number',
      cell: ({ deployments }) => <Count value={deployments} />,
      total: <Count value={modules.reduce((count, { deployments }) => count + deployments, 0)} />,
    },
    {
      id: 'credits',
      head: t('credits'),
      kind: 'number',
      cell: ({ purchasedCredits }) => <Credits amount={purchasedCredits} />,
      total: <Credits amount={all('purchasedCredits')} />,
    },
    money('grossRevenue', t('gross')),
    money('revenue', t('revenue')),
    money('adjustments', t('adjustments')),
  ];
}
