import type { JSX } from 'preact';
import type { ImportReport } from '../../api/imports.js';
import { Count } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { t } from './texts.js';

const OUTCOMES = ['added', 'known', 'changed', 'refused'] as const;
type Row = { readonly type: string } & Readonly<Record<(typeof OUTCOMES)[number], number>>;

/** The lines by type and outcome. */
export function Report({ report }: { readonly report: ImportReport }): JSX.Element {
  const rows: Row[] = Object.entries(report.types)
    .map(([type, tally]) => ({ type, ...tally }))
    .filter((row) => OUTCOMES.some((outcome) => row[outcome] > 0));
  if (report.unreadable > 0) {
    rows.push({ type: t('unreadable'), added: 0, known: 0, changed: 0, refused: report.unreadable });
  }
  const columns: readonly Column<Row>[] = [
    { id: 'type', head: t('type'), isRowHead: true, least: 12, cell: ({ type }) => type },
    ...OUTCOMES.map((outcome): Column<Row> => ({
      id: outcome,
      head: t(outcome),
      kind: 'number',
      least: 8,
      cell: (row) => <Count value={row[outcome]} />,
      total: <Count value={report[outcome]} />,
    })),
  ];
  return (
    <section class="card list">
      <Table
        caption={t('typesCaption')}
        columns={columns}
        rows={rows}
        keyOf={({ type }) => type}
        totals={t('total')}
      />
    </section>
  );
}
