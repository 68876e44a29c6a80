/** Exports the report on the screen as CSV: the filtered rows in their order, with progress. */

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askForPlace, saveCsv } from '../../../api/download.js';
import { isAborted, Refusal } from '../../../api/problem.js';
import type { Report, ReportQuery } from '../../../api/revenue.js';
import { count, fileSize, percent } from '../../../exact/format.js';
import type { Asked, Question } from '../../../question/question.js';
import { Button } from '../../../ui/button.js';
import { toast } from '../../../ui/toast.js';
import { t } from '../texts.js';
import { exportFileName } from './export-file-name.js';

/**
 * A file of more rows, about 10 MB, is written while it is read, to a place that the user chooses; a smaller file is a
 * normal download.
 */
const MOST_ROWS_AT_ONCE = 100_000;

export function ExportButton({ report }: { readonly report: Question<ReportQuery, Report> }): JSX.Element {
  const running = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState('');
  const offered = report.settled.value;
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => setFailure(''), [offered]);

  const save = async ({ question, answer }: Asked<ReportQuery, Report>): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    const rows = answer.totals.deployments;
    setFailure('');
    setProgress({ rows, lines: 0, bytes: 0 });
    addEventListener('beforeunload', askBeforeLeaving);
    try {
      const place = rows > MOST_ROWS_AT_ONCE ? await askForPlace(exportFileName(answer.filter)) : null;
      const show = (bytes: number, lines: number): void => setProgress({ rows, lines, bytes });
      const { name, bytes } = await saveCsv('revenue', question, place, controller.signal, show);
      toast(t('saved', { file: name, size: fileSize(bytes) }));
    } catch (error) {
      setFailure(failureText(error, controller.signal));
    } finally {
      removeEventListener('beforeunload', askBeforeLeaving);
      running.current = null;
      setProgress(null);
    }
  };
  const press = (): void => {
    if (running.current !== null) running.current.abort();
    else if (offered !== null) void save(offered);
  };
  return (
    <div class="export">
      <Button
        icon={progress === null ? 'download' : 'close'}
        isDisabled={progress === null && offered === null}
        onPress={press}
      >
        {progress === null ? t('exportCsv') : t('cancelExport')}
      </Button>
      <div class="export-status" role="status">
        {progress === null ? failure : <ExportProgress {...progress} />}
      </div>
    </div>
  );
}

interface Progress {
  readonly rows: number;
  readonly lines: number;
  readonly bytes: number;
}

function ExportProgress({ rows, lines, bytes }: Progress): JSX.Element {
  const done = Math.min(lines, rows);
  const tenths = rows === 0 ? 0 : Math.floor((done / rows) * 1000);
  return (
    <div class="export-progress">
      <progress max={1000} value={tenths} aria-label={t('export')} />
      <span>
        {t('exportProgress', {
          rows: count(done),
          all: count(rows),
          percent: percent(tenths),
          size: fileSize(bytes),
        })}
      </span>
    </div>
  );
}

function failureText(error: unknown, signal: AbortSignal): string {
  if (signal.aborted || isAborted(error)) return t('exportCancelled');
  const why = error instanceof Refusal ? `${error.message} ` : '';
  return `${why}${t('exportBroke')}`;
}

/** @param event fired when the user leaves the page, which would end the export */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
