/** Every deployment of the filter, sorted and paged by the service; the next page is read ahead. */

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { go, here } from '../../../address/location.js';
import { readReport, type Report, type ReportQuery } from '../../../api/revenue.js';
import { count } from '../../../exact/format.js';
import type { Asked } from '../../../question/question.js';
import { useCaller } from '../../../session/me.js';
import { seesEverybody } from '../../../session/rights.js';
import { isStalePage, ProblemPanel } from '../../../ui/answer.js';
import { Button } from '../../../ui/button.js';
import { Table } from '../../../ui/table.js';
import { Card } from '../../../ui/view.js';
import type { Parts } from '../parts.js';
import type { RevenueQuestion } from '../question.js';
import { t } from '../texts.js';
import { ColumnPicker } from './column-picker.js';
import { chosenColumns, columnsFor, withTotals } from './columns.js';
import { Pages } from './pages.js';

/** About the height of a page. */
const GHOST_ROWS = 12;
/** This number of columns fits on a tablet, and this one on a screen; more scroll in their own box. */
const FEW_COLUMNS = 4;
const MOST_COLUMNS = 8;

export interface RowsCardProps {
  readonly question: RevenueQuestion;
  readonly parts: Parts;
  /** What is printed in place of the page on the screen. */
  readonly paper: JSX.Element;
  readonly onPages: (pages: Pages | null) => void;
}

export function RowsCard({ question, parts, paper, onPages }: RowsCardProps): JSX.Element {
  const { rights, platform } = useCaller();
  const asked = parts.report.shown.value;
  const pages = usePages(asked, onPages);
  const card = useRef<HTMLElement>(null);
  const report = pages?.current ?? {
    currency: platform.currency,
    filter: { timeZone: question.timeZone } as Report['filter'],
  };
  const all = columnsFor(seesEverybody(rights), report);
  const columns = chosenColumns(all, question.address.columns);
  return (
    <Card
      title={t('deployments')}
      aside={
        <>
          <span class="hint">{pages && t('inAll', { count: pages.current.totals.deployments })}</span>
          <ColumnPicker all={all} shown={columns} />
        </>
      }
      class="rows"
      label={t('deployments')}
      cardRef={card}
      isBusy={pages?.isTurning.value ?? false}
    >
      {pages === null ? <GhostRows /> : <Rows pages={pages} columns={columns} question={question} />}
      {paper}
      <Turning
        pages={pages}
        again={parts.report.again}
        onTurned={() => card.current?.scrollIntoView({ block: 'start' })}
      />
    </Card>
  );
}

/** The pages of the report that is shown, at the page of the address. `onPages` hears of every turn. */
function usePages(asked: Asked<ReportQuery, Report> | null, onPages: RowsCardProps['onPages']): Pages | null {
  const pages = useMemo(
    () =>
      asked && new Pages(asked.answer, (cursor, signal) => readReport({ ...asked.question, cursor }, signal)),
    [asked],
  );
  const { page } = here();
  useEffect(() => () => pages?.close(), [pages]);
  useEffect(() => onPages(pages), [pages, pages?.shown.value]);
  useEffect(() => {
    if (pages !== null && pages.shown.value !== page) void pages.turnTo(page);
  }, [pages, page]);
  return pages;
}

interface RowsProps {
  readonly pages: Pages;
  readonly columns: ReturnType<typeof chosenColumns>;
  readonly question: RevenueQuestion;
}

function Rows({ pages, columns, question }: RowsProps): JSX.Element {
  const { data, totals } = pages.current;
  const { sort, order } = question.address;
  return (
    <Table
      caption={t('rowsCaption')}
      columns={withTotals(columns, totals)}
      rows={data}
      keyOf={({ deploymentId }) => deploymentId}
      totals={t('totalOf', { count: totals.deployments })}
      sorting={{
        by: sort,
        order,
        onSort: (by, to) => go({ sort: by as typeof sort, order: to }),
        firstOrder: (by) => (by === 'moduleName' ? 'asc' : 'desc'),
      }}
      onOpen={({ deploymentId }) => go({ deployment: deploymentId })}
      size={sizeOf(columns.length)}
      class="rows-table"
    />
  );
}

function sizeOf(columns: number): 'few' | 'usual' | 'wide' {
  if (columns > MOST_COLUMNS) return 'wide';
  return columns > FEW_COLUMNS ? 'usual' : 'few';
}

interface TurningProps {
  readonly pages: Pages | null;
  readonly again: () => void;
  readonly onTurned: () => void;
}

function Turning({ pages, again, onTurned }: TurningProps): JSX.Element {
  const shown = pages?.shown.value ?? 1;
  const turn = (page: number): void => {
    if (here().page !== page) go({ page });
    else void pages?.turnTo(page);
    onTurned();
  };
  const startOver = (): void => {
    go({ page: 1 });
    again();
  };
  const error = pages?.error.value ?? null;
  const retry = isStalePage(error) ? startOver : () => void pages?.turnTo(here().page);
  return (
    <nav class="pager" aria-label={t('pages')}>
      <div class="where" role="status">
        {error !== null ? <ProblemPanel error={error} retry={retry} /> : pages !== null && whereText(pages)}
      </div>
      <Button icon="previous" isDisabled={shown <= 1} onPress={() => turn(shown - 1)}>
        {t('previous')}
      </Button>
      <Button icon="next" isDisabled={!pages?.hasNext} onPress={() => turn(shown + 1)}>
        {t('next')}
      </Button>
    </nav>
  );
}

function whereText(pages: Pages): string {
  const { data, totals } = pages.current;
  const first = pages.firstRow;
  return t('where', { first: first + 1, last: first + data.length, all: count(totals.deployments) });
}

function GhostRows(): JSX.Element {
  return (
    <div class="ghost-rows">
      {Array.from({ length: GHOST_ROWS }, (_, index) => (
        <div key={index} class="ghost row" />
      ))}
    </div>
  );
}
