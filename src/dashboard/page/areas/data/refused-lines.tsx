import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RefusedLine } from '../../api/imports.js';
import { Button } from '../../ui/button.js';
import { Count, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Card, Notice } from '../../ui/view.js';
import { saveReasons, saveRefusedLines } from './refused-files.js';
import { t } from './texts.js';

/** More rows are only in the files. */
const SHOWN = 100;

export interface RefusedLinesProps {
  readonly file: File;
  readonly listed: readonly RefusedLine[];
  readonly all: number;
}

export function RefusedLines({ file, listed, all }: RefusedLinesProps): JSX.Element {
  const [hasFailed, setFailed] = useState(false);
  const saveLines = (): void => {
    setFailed(false);
    saveRefusedLines(file, listed).catch(() => setFailed(true));
  };
  const shown = listed.slice(0, SHOWN);
  return (
    <Card
      title={t('refusedLines')}
      aside={
        <>
          <span class="hint">
            <Count value={all} />
            {shown.length < all && <> · {t('listed', { count: shown.length })}</>}
          </span>
          <span class="view-actions">
            <Button icon="download" onPress={saveLines}>
              {t('downloadLines')}
            </Button>
            <Button icon="download" onPress={() => saveReasons(file, listed)}>
              {t('downloadReasons')}
            </Button>
          </span>
        </>
      }
      class="refused-lines"
    >
      {hasFailed && <Notice kind="bad">{t('fileGone')}</Notice>}
      <Table
        caption={t('refusedCaption')}
        columns={columns()}
        rows={shown}
        keyOf={({ line }) => String(line)}
      />
    </Card>
  );
}

function columns(): readonly Column<RefusedLine>[] {
  return [
    {
      id: 'line',
      head: t('line'),
      kind: 'number',
      isRowHead: true,
      cell: ({ line }) => <Count value={line} />,
    },
    { id: 'type', head: t('type'), cell: ({ type }) => type ?? '' },
    { id: 'record', head: t('id'), least: 12, cell: ({ id }) => (id === null ? '' : <Name text={id} />) },
    { id: 'reason', head: t('reason'), least: 24, cell: ({ reason }) => reason },
    { id: 'code', head: t('code'), cell: ({ code }) => <code>{code}</code> },
  ];
}
