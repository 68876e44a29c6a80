import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ImportEnd, RefusedLine } from '../../api/imports.js';
import type { Refusal } from '../../api/problem.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/view.js';
import { startImport, type ImportRun } from './import-run.js';
import { RefusedLines } from './refused-lines.js';
import { Report } from './report.js';
import { t } from './texts.js';
import { t as uiText } from '../../ui/texts.js';

export interface ImportEndProps {
  readonly run: ImportRun;
  readonly end: ImportEnd;
  readonly onLeave: () => void;
}

/** What became of an import. */
export function ImportEndView({ run, end, onLeave }: ImportEndProps): JSX.Element {
  const heading = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const refusals = refusalsOf(end);
  return (
    <div class="import-end" ref={heading} tabIndex={-1}>
      <Summary run={run} end={end} />
      <p class="actions start">
        {end.kind !== 'recorded' && (
          <Button kind="primary" onPress={() => startImport(run.file, run.options)}>
            {uiText('tryAgain')}
          </Button>
        )}
        <Button onPress={onLeave}>{t('another')}</Button>
      </p>
      {end.kind === 'recorded' && <Report report={end.report} />}
      {refusals.listed.length > 0 && <RefusedLines file={run.file} {...refusals} />}
    </div>
  );
}

function Summary({ run, end }: { readonly run: ImportRun; readonly end: ImportEnd }): JSX.Element {
  switch (end.kind) {
    case 'recorded': {
      const { refused, lines } = end.report;
      const name = <bdi>{run.file.name}</bdi>;
      return (
        <Notice kind={refused === 0 ? 'good' : 'plain'}>{t.rich('recorded', { count: lines, name })}</Notice>
      );
    }
    case 'refused':
      return <Notice kind="bad">{t('nothingRecorded', { why: end.refusal.message })}</Notice>;
    case 'incomplete':
      return end.isCancelled ? (
        <Notice>{t('cancelled')}</Notice>
      ) : (
        <Notice kind="bad">{t('incomplete')}</Notice>
      );
    case 'unknown':
      return <Notice kind="bad">{t('unknown')}</Notice>;
  }
}

interface Refusals {
  readonly listed: readonly RefusedLine[];
  /** Of all lines; the service lists at most the first 1,000. */
  readonly all: number;
}

function refusalsOf(end: ImportEnd): Refusals {
  if (end.kind === 'recorded') return { listed: end.report.refusals, all: end.report.refused };
  const listed = end.kind === 'refused' ? linesOf(end.refusal) : [];
  return { listed, all: listed.length };
}

/** An import of all lines or none names the refused ones as errors: `line 4`, with `CODE: reason`. */
function linesOf({ errors }: Refusal): readonly RefusedLine[] {
  return errors.flatMap(({ field, message }) => {
    const line = /^line (\d+)$/.exec(field)?.[1];
    const [, code, reason] = /^([A-Z_.]+): (.*)$/s.exec(message) ?? [];
    return line === undefined || code === undefined || reason === undefined
      ? []
      : [{ line: Number(line), type: null, id: null, code: code as RefusedLine['code'], reason }];
  });
}
