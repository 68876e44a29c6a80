/** The period before, to draw behind the bars: its first period behind the first one, and so on. */

import type { Parts } from '../parts.js';
import type { RevenueQuestion } from '../question.js';
import type { ChartQuery } from './chart-data.js';

export interface BeforeValues {
  /** One per period of the chart, as far as the period before has as many. */
  readonly values: readonly string[];
  /** Its days: 1 – 31 Jan 2026. */
  readonly days: string;
}

/** Null: it is switched off, there is none, or it does not belong to the chart that is shown. */
export function beforeValues(
  asked: ChartQuery,
  parts: Parts,
  question: RevenueQuestion,
): BeforeValues | null {
  const before = parts.before.settled.value;
  const isOfChart = parts.chart.settled.value?.question === asked;
  if (before === null || question.before === null || !question.address.hasBefore || !isOfChart) return null;
  const field = asked.isForAll ? 'grossRevenue' : 'revenue';
  return { values: before.answer.data.map((group) => group[field]), days: question.before.days };
}
