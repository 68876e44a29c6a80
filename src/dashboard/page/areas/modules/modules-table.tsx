import type { JSX } from 'preact';
import { daysName, presetName, rangeHere, rangeQuery } from '../../address/range.js';
import { readModuleFigures, type Group, type Module } from '../../api/modules.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Link } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Count, Credits, Money, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { useModuleRights } from './rights.js';
import { t } from './texts.js';

export interface ModulesTableProps {
  readonly modules: readonly Module[];
  /** Their names by id; null while they are loading. */
  readonly partners: ReadonlyMap<string, string> | null;
}

type Figures = ReadonlyMap<string, Group>;

/** The list; the figures arrive after the modules, and a failure of theirs leaves the list as it is. */
export function ModulesTable({ modules, partners }: ModulesTableProps): JSX.Element {
  const { seesAll } = useModuleRights();
  const { timeZone, currency } = usePlatform();
  const range = rangeHere(timeZone);
  const days = { ...rangeQuery(range), timeZone: range.timeZone };
  const figures = useQuestion({ ids: modules.map(({ id }) => id), days }, ({ ids, days: asked }, signal) =>
    readModuleFigures(ids, asked, signal),
  );
  const known = figures.settled.value?.answer;
  const byId: Figures | null =
    known === undefined ? null : new Map(known.data.map((row) => [row.key ?? '', row]));
  const hasFailed = figures.error.value !== null;
  const periodName = range.preset === null ? daysName(range) : presetName(range.preset);
  const columns = [
    nameColumn(),
    ...(seesAll ? [partnerColumn(partners)] : []),
    priceColumn(),
    ...figureColumns({ byId, hasFailed, seesAll, periodName, currency }),
  ];
  return (
    <Table
      caption={t('listCaption')}
      columns={columns}
      rows={modules}
      keyOf={({ id }) => id}
      class="modules-table"
    />
  );
}

function nameColumn(): Column<Module> {
  return {
    id: 'module',
    head: t('module'),
    isRowHead: true,
    least: 24,
    cell: ({ id, name, archived }) => (
      <span class="named">
        <Link to={`/modules/${encodeURIComponent(id)}`} class="row-link">
          <Name text={name} />
        </Link>
        <small>{id}</small>
        {archived && (
          <span>
            <Chip>{t('archived')}</Chip>
          </span>
        )}
      </span>
    ),
  };
}

function partnerColumn(partners: ReadonlyMap<string, string> | null): Column<Module> {
  return {
    id: 'partner',
    head: t('partner'),
    least: 12,
    cell: ({ partnerId }) =>
      partnerId ? (
        <Name text={partners?.get(partnerId) ?? partnerId} title={partnerId} />
      ) : (
        <span class="hint">{t('platform')}</span>
      ),
  };
}

function priceColumn(): Column<Module> {
  return {
    id: 'price',
    head: t('price'),
    kind: 'number',
    least: 8,
    cell: ({ creditCost, requiresPurchasedCredits }) => (
      <span class="offer">
        <Price amount={creditCost} />
        {requiresPurchasedCredits && <small title={t('onlyPurchasedHint')}>{t('onlyPurchased')}</small>}
      </span>
    ),
  };
}

/** Credits in words: plural forms follow whole numbers, and fractions are plural. */
export function Price({ amount }: { readonly amount: string }): JSX.Element {
  const count = amount === '1' ? 1 : 2;
  return <span class="amount">{t.rich('creditsEach', { count, amount: <Credits amount={amount} /> })}</span>;
}

interface FigureColumns {
  readonly byId: Figures | null;
  readonly hasFailed: boolean;
  readonly seesAll: boolean;
  readonly periodName: string;
  readonly currency: string;
}

function figureColumns(given: FigureColumns): readonly Column<Module>[] {
  const { byId, hasFailed, seesAll, periodName, currency } = given;
  const figure = (id: string, show: (row: Group) => JSX.Element, none: JSX.Element): JSX.Element => {
    if (hasFailed) return <span class="hint">{t('unknownFigures')}</span>;
    if (byId === null) return <span class="ghost figure" />;
    const row = byId.get(id);
    return row === undefined ? none : show(row);
  };
  return [
    {
      id: 'deployments',
      head: t('deployments'),
      kind: 'number',
      cell: ({ id }) => figure(id, (row) => <Count value={row.deployments} />, <Count value={0} />),
    },
    {
      id: 'revenue',
      head: t(seesAll ? 'grossOfPeriod' : 'revenueOfPeriod', { period: periodName }),
      kind: 'number',
      least: 12,
      cell: ({ id }) =>
        figure(
          id,
          (row) => <Money amount={seesAll ? row.grossRevenue : row.revenue} currency={currency} />,
          <Money amount="0" currency={currency} />,
        ),
    },
  ];
}
