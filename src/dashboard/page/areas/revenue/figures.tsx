/** The figures at the top, each compared with the period before: what is due first, credits last. */

import type { ComponentChildren, JSX } from 'preact';
import type { Report, Totals } from '../../api/revenue.js';
import type { Platform } from '../../api/settings.js';
import { difference, permille } from '../../exact/decimal.js';
import { count, credits, money, percent, share, signOf } from '../../exact/format.js';
import { useCaller } from '../../session/me.js';
import { seesEverybody } from '../../session/rights.js';
import { Count, Credits, Money } from '../../ui/figures.js';
import { sharesInShort } from '../../ui/share-words.js';
import type { Parts } from './parts.js';
import type { PeriodBefore, RevenueQuestion } from './question.js';
import { Sparkline } from './sparkline.js';
import { t } from './texts.js';

type Field =
  | 'revenue'
  | 'platformRevenue'
  | 'grossRevenue'
  | 'deployments'
  | 'purchasedCredits'
  | 'freeCredits';

interface Figure {
  readonly field: Field;
  readonly title: string;
  readonly hint: string;
  readonly kind: 'money' | 'count' | 'credits';
  /** An increase is neither good nor bad. */
  readonly isNeutral?: true;
}

/** Larger changes are shown only as “over 1,000 %”. */
const MOST_TENTHS = 10_000;

/** What the hint of the revenue says of the share; several where it changes in the range. */
interface OwnShare {
  readonly text: string;
  readonly isSeveral: boolean;
}

function ownShareOf(report: Report | null, { share: inForce, timeZone }: Platform): OwnShare {
  const steps = report?.shares ?? [];
  const isSeveral = steps.length > 1;
  if (isSeveral) return { text: sharesInShort(steps, report?.filter.timeZone ?? timeZone), isSeveral };
  return { text: share(steps[0]?.value ?? inForce), isSeveral };
}

function revenueHint(isForAll: boolean, { text, isSeveral }: OwnShare): string {
  if (isForAll) {
    return isSeveral
      ? t('partnersRevenueSteps', { shares: text })
      : t('partnersRevenueHint', { share: text });
  }
  return isSeveral ? t('yourRevenueSteps', { shares: text }) : t('yourRevenueHint', { share: text });
}

function figuresFor(isForAll: boolean, ownShare: OwnShare): readonly Figure[] {
  const due: Figure[] = isForAll
    ? [
        {
          field: 'revenue',
          title: t('partnersRevenue'),
          hint: revenueHint(isForAll, ownShare),
          kind: 'money',
        },
        { field: 'platformRevenue', title: t('platformKeeps'), hint: t('keepsHint'), kind: 'money' },
      ]
    : [
        {
          field: 'revenue',
          title: t('yourRevenue'),
          hint: revenueHint(isForAll, ownShare),
          kind: 'money',
        },
      ];
  return [
    ...due,
    { field: 'grossRevenue', title: t('grossRevenue'), hint: t('grossHint'), kind: 'money' },
    { field: 'deployments', title: t('deployments'), hint: t('deploymentsHint'), kind: 'count' },
    {
      field: 'purchasedCredits',
      title: t('purchasedCredits'),
      hint: t('purchasedCreditsHint'),
      kind: 'credits',
    },
    {
      field: 'freeCredits',
      title: t('freeCredits'),
      hint: t('freeCreditsHint'),
      kind: 'credits',
      isNeutral: true,
    },
  ];
}

export interface FiguresProps {
  readonly question: RevenueQuestion;
  readonly parts: Parts;
}

export function Figures({ question, parts }: FiguresProps): JSX.Element {
  const { rights, platform } = useCaller();
  const report = parts.report.shown.value?.answer ?? null;
  const figures = figuresFor(seesEverybody(rights), ownShareOf(report, platform));
  const currency = report?.currency ?? platform.currency;
  // A comparison belongs to both answers, so it waits for both.
  const before = parts.report.settled.value && parts.before.settled.value?.answer.totals;
  const chart = parts.chart.shown.value?.answer;
  return (
    <section class={`figures of-${figures.length}`} aria-label={t('totals')}>
      {figures.map((figure, index) => (
        <dl key={figure.field} class={`figure ${figure.field} ${figure.isNeutral ? 'neutral' : ''}`}>
          <dt>{figure.title}</dt>
          <dd class="figure-value">
            {report === null ? (
              <span class="ghost">&nbsp;</span>
            ) : (
              <FigureValue figure={figure} totals={report.totals} currency={currency} />
            )}
          </dd>
          <dd class="change">
            {report !== null && before && question.before && (
              <Change
                figure={figure}
                now={report.totals}
                was={before}
                currency={currency}
                period={question.before}
              />
            )}
          </dd>
          <dd class="hint">{figure.hint}</dd>
          {index === 0 && <dd class="figure-line">{chart && <Sparkline values={chart.revenues} />}</dd>}
        </dl>
      ))}
    </section>
  );
}

interface FigureValueProps {
  readonly figure: Figure;
  readonly totals: Totals;
  readonly currency: string;
}

function FigureValue({ figure, totals, currency }: FigureValueProps): JSX.Element {
  const value = read(totals, figure);
  if (figure.kind === 'money') return <Money amount={value} currency={currency} isAlone />;
  if (figure.kind === 'credits') return <Credits amount={value} isAlone />;
  return <Count value={Number(value)} />;
}

function read(totals: Totals, { field }: Figure): string {
  return String(totals[field] ?? '0');
}

interface ChangeProps {
  readonly figure: Figure;
  readonly now: Totals;
  readonly was: Totals;
  readonly currency: string;
  readonly period: PeriodBefore;
}

function Change({ figure, now, was, currency, period }: ChangeProps): JSX.Element {
  const before = read(was, figure);
  const shown: ComponentChildren =
    figure.kind === 'money' ? (
      <Money amount={before} currency={currency} />
    ) : figure.kind === 'credits' ? (
      <Credits amount={before} />
    ) : (
      count(Number(before))
    );
  const exact = figure.kind === 'money' ? money(before, currency) : credits(before);
  return (
    <span title={`${period.days}: ${exact}`}>
      <Direction now={read(now, figure)} before={before} />{' '}
      <span class="was">{t.rich('from', { amount: shown })}</span> <span class="period">{period.words}</span>
    </span>
  );
}

const ARROWS = { less: '↓', none: '→', more: '↑' } as const;

function Direction({ now, before }: { readonly now: string; readonly before: string }): JSX.Element {
  const change = difference(now, before);
  const direction = signOf(change);
  const tenths = permille(change, before);
  const text =
    tenths === null ? (direction === 'none' ? t('noChange') : t('new')) : percentText(Math.abs(tenths));
  const words = { less: t('down'), none: '', more: t('up') }[direction];
  return (
    <span class={`chip ${direction}`}>
      <span aria-hidden="true">{ARROWS[direction]} </span>
      <span class="sr">{words} </span>
      {text}
    </span>
  );
}

/** Without the exact figure for huge growth from nearly zero. */
function percentText(tenths: number): string {
  return tenths > MOST_TENTHS ? t('over', { percent: percent(MOST_TENTHS) }) : percent(tenths);
}
