/**
 * Printing of the report on the screen: all its rows by the page's button, or the page on the screen by the browser's
 * menu, which cannot wait for more rows.
 */

import type { JSX, RefObject } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { readManyRows, type Report, type ReportQuery } from '../../../api/revenue.js';
import { isAborted } from '../../../api/problem.js';
import type { Asked } from '../../../question/question.js';
import { useCaller } from '../../../session/me.js';
import { seesEverybody } from '../../../session/rights.js';
import type { Parts } from '../parts.js';
import type { RevenueQuestion } from '../question.js';
import { chosenColumns, columnsFor } from '../table/columns.js';
import type { Pages } from '../table/pages.js';
import { t } from '../texts.js';
import { onScreenNote, printedNote } from './note.js';
import { clearPaper, fillPaper, type PrintedRows } from './paper.js';

/** More rows are not useful on paper: 2,000 rows are about 40 sheets. */
const MOST_PRINTED = 2000;

export interface Printing {
  /** The place of the printed rows; hidden on the screen. */
  readonly paper: JSX.Element;
  readonly isReading: boolean;
  readonly failure: string;
  /** Reads all rows, puts them on the paper, and opens the browser's dialog. */
  readonly start: () => void;
  readonly cancel: () => void;
  /** The pages that the table shows. */
  readonly onPages: (pages: Pages | null) => void;
}

export function usePrinting(question: RevenueQuestion, parts: Parts): Printing {
  const caller = useCaller();
  const home = useRef<HTMLDivElement>(null);
  const pages = useRef<Pages | null>(null);
  const running = useRef<AbortController | null>(null);
  const [isReading, setReading] = useState(false);
  const [failure, setFailure] = useState('');
  const asked = parts.report.settled.value;
  const { columns } = question.address;
  const fill = (rows: Omit<PrintedRows, 'columns' | 'caller'>, report: Report): void => {
    const shown = chosenColumns(columnsFor(seesEverybody(caller.rights), report), columns);
    if (home.current !== null) fillPaper(home.current, { ...rows, columns: shown, caller });
  };
  // What is on the paper belongs to the question before; it is filled again when it is printed.
  const key = JSON.stringify([asked?.question, columns]);
  useEffect(() => {
    setFailure('');
    return () => {
      running.current?.abort();
      if (home.current !== null) clearPaper(home.current);
    };
  }, [key, asked]);
  usePrintFromMenu(home, pages, fill);

  const start = async ({ question: query, answer }: Asked<ReportQuery, Report>): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setReading(true);
    setFailure('');
    try {
      const { rows, totals, isSteady } = await readManyRows(query, MOST_PRINTED, controller.signal);
      controller.signal.throwIfAborted();
      fill({ rows, totals, note: printedNote(rows.length, totals.deployments, isSteady) }, answer);
      setReading(false);
      globalThis.print();
    } catch (error) {
      if (!controller.signal.aborted && !isAborted(error)) setFailure(t('printFailed'));
    } finally {
      setReading(false);
    }
  };
  const paper = useMemo(() => <div ref={home} class="paper" />, []);
  return {
    paper,
    isReading,
    failure,
    start: () => asked !== null && void start(asked),
    cancel: () => running.current?.abort(),
    onPages: (shown) => {
      pages.current = shown;
      if (home.current !== null) clearPaper(home.current);
    },
  };
}

type Fill = (rows: Omit<PrintedRows, 'columns' | 'caller'>, report: Report) => void;

/** The browser's own menu prints the rows on the screen, with a note that says so. */
function usePrintFromMenu(
  home: RefObject<HTMLDivElement | null>,
  pages: RefObject<Pages | null>,
  fill: Fill,
): void {
  const latest = useRef(fill);
  useEffect(() => {
    latest.current = fill;
  });
  useEffect(() => {
    const onPrint = (): void => {
      const shown = pages.current;
      if (shown === null || home.current === null || home.current.childElementCount > 0) return;
      const { data, totals } = shown.current;
      const note = onScreenNote(shown.firstRow, data.length, totals.deployments);
      latest.current({ rows: data, totals, note }, shown.current);
    };
    addEventListener('beforeprint', onPrint);
    return () => removeEventListener('beforeprint', onPrint);
  }, []);
}
