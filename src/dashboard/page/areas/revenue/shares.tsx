/** The parts of the whole: by module, and by partner for users who see everything. */

import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../address/address.js';
import { go } from '../../address/location.js';
import type { Group, RevenueFilter, Summary } from '../../api/revenue.js';
import { permille } from '../../exact/decimal.js';
import { percent } from '../../exact/format.js';
import { isExact } from '../../preferences/preferences.js';
import type { Question } from '../../question/question.js';
import { useCaller } from '../../session/me.js';
import { seesEverybody } from '../../session/rights.js';
import { alignTails } from '../../ui/align.js';
import { Answer } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { Money, Name } from '../../ui/figures.js';
import { Card } from '../../ui/view.js';
import { colourClass, type ChartData } from './chart/chart-data.js';
import { groupLabel, largestFirst } from './groups.js';
import { t } from './texts.js';

/** Number of rows before the user expands the list. */
const FIRST_ROWS = 8;

type By = 'module' | 'partner';

export interface SharesProps {
  readonly by: By;
  readonly shares: Question<RevenueFilter, Summary>;
  /** Its colours, if it is split in the same way. */
  readonly chart: ChartData | null;
  readonly address: Address;
}

export function Shares({ by, shares, chart, address }: SharesProps): JSX.Element {
  const field = seesEverybody(useCaller().rights) ? 'grossRevenue' : 'revenue';
  const colours = address.split === by ? coloursOf(chart) : new Map<string | null, string>();
  return (
    <Card
      title={by === 'module' ? t('byModule') : t('byPartner')}
      aside={<span class="hint">{field === 'revenue' ? t('sharesOfRevenue') : t('sharesOfGross')}</span>}
      class={`shares by-${by}`}
    >
      <div class="shares-body">
        <Answer of={shares} skeleton={<div class="ghost shares-ghost" />}>
          {(summary) => <ShareList by={by} field={field} summary={summary} colours={colours} />}
        </Answer>
      </div>
    </Card>
  );
}

/** The colour of each module or partner in the chart. */
function coloursOf(chart: ChartData | null): ReadonlyMap<string | null, string> {
  const parts = chart?.series ?? [];
  return new Map(
    parts.flatMap((series, index) =>
      series.key === undefined ? [] : [[series.key, colourClass(series, index)] as const],
    ),
  );
}

interface ShareListProps {
  readonly by: By;
  readonly field: 'grossRevenue' | 'revenue';
  readonly summary: Summary;
  readonly colours: ReadonlyMap<string | null, string>;
}

function ShareList(props: ShareListProps): JSX.Element {
  const { by, field, summary } = props;
  const [isWhole, setWhole] = useState(false);
  const home = useRef<HTMLDivElement>(null);
  const groups = largestFirst(summary.data, field);
  const more = groups.length - FIRST_ROWS;
  const title = by === 'module' ? t('byModule') : t('byPartner');
  const expand = (): void => {
    setWhole(true);
    home.current?.querySelector('button')?.focus();
  };
  const table = <ShareTable {...props} groups={isWhole ? groups : groups.slice(0, FIRST_ROWS)} />;
  return (
    <div ref={home}>
      {isWhole ? (
        <div class="long-list" role="region" tabIndex={0} aria-label={t('wholeList', { title })}>
          {table}
        </div>
      ) : (
        table
      )}
      {!isWhole && more > 0 && (
        <Button kind="quiet" onPress={expand}>
          {t('showMore', { count: more })}
        </Button>
      )}
    </div>
  );
}

function ShareTable(props: ShareListProps & { readonly groups: readonly Group[] }): JSX.Element {
  const { by, field, summary, colours, groups } = props;
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    if (isExact.value && table.current !== null) alignTails(table.current);
  });
  const title = by === 'module' ? t('byModule') : t('byPartner');
  const measure = field === 'revenue' ? t('yourRevenue') : t('grossRevenue');
  return (
    <table ref={table} class="share-table">
      <caption class="sr">{t('sharesCaption', { title, measure })}</caption>
      <thead class="sr">
        <tr>
          {[t('name'), t('amount'), t('part')].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.key}>
            <th scope="row">
              <ShareName group={group} by={by} />
              <Bar tenths={tenthsOf(group, props)} colour={colours.get(group.key)} />
            </th>
            <td class="num">
              <Money amount={group[field]} currency={summary.currency} />
            </td>
            <td class="num part">{percent(tenthsOf(group, props))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function tenthsOf(group: Group, { field, summary }: ShareListProps): number {
  return permille(group[field], summary.totals[field]) ?? 0;
}

function ShareName({ group, by }: { readonly group: Group; readonly by: By }): JSX.Element {
  const label = groupLabel(group);
  return (
    <button
      type="button"
      class="link"
      title={t('showOnly', { name: label })}
      onClick={() => go(only(group.key, by))}
    >
      <Name text={label} />
    </button>
  );
}

function Bar({ tenths, colour = '' }: { readonly tenths: number; readonly colour?: string }): JSX.Element {
  const bar = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => bar.current?.style.setProperty('--part', `${tenths / 10}%`), [tenths]);
  return (
    <span ref={bar} class="bar" aria-hidden="true">
      <i class={colour} />
    </span>
  );
}

/** The filter for only this group. */
function only(key: string | null, by: By): Partial<Address> {
  if (key === null) return { owner: 'platform', partnerIds: [] };
  return by === 'module' ? { moduleIds: [key], exceptModuleIds: [] } : { partnerIds: [key], owner: null };
}
