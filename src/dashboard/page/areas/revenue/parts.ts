/**
 * The questions behind the parts of the view. All belong to the one question of the address: a part asks again only if
 * its own question changes, and what is exported or printed waits until every part has the answer to it.
 */

import {
  readReport,
  readSummary,
  type Report,
  type ReportQuery,
  type RevenueFilter,
  type Summary,
} from '../../api/revenue.js';
import { useQuestion, type Question } from '../../question/question.js';
import { seesEverybody, type Rights } from '../../session/rights.js';
import { readChart, type ChartData, type ChartQuery } from './chart/chart-data.js';
import { reportQuery, type RevenueQuestion } from './question.js';

export interface Parts {
  readonly report: Question<ReportQuery, Report>;
  readonly chart: Question<ChartQuery, ChartData>;
  /** The period before, by the units of the chart; its totals are compared with those of the report. */
  readonly before: Question<BeforeQuery, Summary>;
  readonly byModule: Question<RevenueFilter, Summary>;
  /** Not asked for partners. */
  readonly byPartner: Question<RevenueFilter, Summary>;
}

interface BeforeQuery {
  readonly filter: RevenueFilter;
  readonly unit: RevenueQuestion['unit'];
}

export function useParts(question: RevenueQuestion, rights: Rights): Parts {
  const { filter, unit, before, address } = question;
  const isForAll = seesEverybody(rights);
  const split = address.split === 'partner' && !isForAll ? 'total' : address.split;
  return {
    report: useQuestion(reportQuery(question), readReport),
    chart: useQuestion({ filter, unit, split, isForAll }, readChart),
    before: useQuestion(before && { filter: before.filter, unit }, (asked, signal) =>
      readSummary(asked.filter, asked.unit, signal),
    ),
    byModule: useQuestion(filter, (asked, signal) => readSummary(asked, 'module', signal)),
    byPartner: useQuestion(isForAll ? filter : null, (asked, signal) =>
      readSummary(asked, 'partner', signal),
    ),
  };
}

/** Whether every part shows the answer to the question of the address. */
export function areSettled({ report, chart, before, byModule, byPartner }: Parts): boolean {
  const others = [chart, before, byModule, byPartner];
  return report.settled.value !== null && others.every(({ isLoading }) => !isLoading.value);
}
