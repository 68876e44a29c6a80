/** The revenue view: filter, figures, chart, shares and all deployments. */

import type { JSX } from 'preact';
import { here } from '../../address/location.js';
import { daysName } from '../../address/range.js';
import { money } from '../../exact/format.js';
import { useCaller } from '../../session/me.js';
import { seesEverybody } from '../../session/rights.js';
import { ProblemPanel } from '../../ui/answer.js';
import { ChartCard } from './chart/chart-card.js';
import { EmptyRange } from './empty-range.js';
import { Figures } from './figures.js';
import { ClearFilter } from './filter.js';
import { FilterChips } from './filter-chips.js';
import { areSettled, useParts, type Parts } from './parts.js';
import { usePrinting, type Printing } from './print/printing.js';
import { questionOf, type RevenueQuestion } from './question.js';
import { Shares } from './shares.js';
import { RowsCard } from './table/rows-card.js';
import { t } from './texts.js';
import { Toolbar } from './toolbar/toolbar.js';

export function RevenueArea(): JSX.Element {
  const { rights, platform } = useCaller();
  const question = questionOf(here(), platform, new Date());
  const parts = useParts(question, rights);
  const printing = usePrinting(question, parts);
  const { report } = parts;
  const error = report.error.value;
  const isEmpty = report.shown.value?.answer.totals.deployments === 0;
  return (
    <div class={`view revenue ${report.isSlow.value ? 'slow' : ''}`} aria-busy={report.isLoading.value}>
      <div class="view-head">
        <h1>{seesEverybody(rights) ? t('title') : t('yourTitle')}</h1>
        <p class="subtitle">
          {daysName(question.range)} · {question.timeZone}
        </p>
      </div>
      <Toolbar question={question} report={report} printing={printing} isWhole={areSettled(parts)} />
      <FilterChips address={question.address} platformZone={platform.timeZone} />
      <p class="slow-note" aria-hidden="true">
        {t('stillCounting')}
      </p>
      <p class="sr" role="status">
        <Status parts={parts} />
      </p>
      {error !== null && <ProblemPanel error={error} retry={report.again} wayOut={<ClearFilter />} />}
      <div class="content" hidden={error !== null}>
        <Figures question={question} parts={parts} />
        {isEmpty && <EmptyRange question={question} />}
        <Panels question={question} parts={parts} isHidden={isEmpty} printing={printing} />
      </div>
    </div>
  );
}

/** What screen readers hear when a report is loaded. */
function Status({ parts }: { readonly parts: Parts }): JSX.Element | null {
  const report = parts.report.settled.value?.answer;
  if (report === undefined) return null;
  const { totals, currency } = report;
  return <>{t('status', { count: totals.deployments, revenue: money(totals.revenue, currency) })}</>;
}

interface PanelsProps {
  readonly question: RevenueQuestion;
  readonly parts: Parts;
  readonly isHidden: boolean;
  readonly printing: Printing;
}

function Panels({ question, parts, isHidden, printing }: PanelsProps): JSX.Element {
  const { rights } = useCaller();
  const chart = parts.chart.shown.value?.answer ?? null;
  return (
    <div class="parts" hidden={isHidden}>
      <ChartCard question={question} parts={parts} />
      {seesEverybody(rights) && (
        <Shares by="partner" shares={parts.byPartner} chart={chart} address={question.address} />
      )}
      <Shares by="module" shares={parts.byModule} chart={chart} address={question.address} />
      <RowsCard question={question} parts={parts} paper={printing.paper} onPages={printing.onPages} />
    </div>
  );
}
