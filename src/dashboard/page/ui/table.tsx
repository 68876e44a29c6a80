import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isExact } from '../preferences/preferences.js';
import { alignTails } from './align.js';

export interface Column<R> {
  readonly id: string;
  /** Above the column; on narrow screens, where a row is a card, beside the value. */
  readonly head: string;
  readonly cell: (row: R) => ComponentChildren;
  /** `number`: aligned at the end, with digits of equal width. */
  readonly kind?: 'text' | 'number';
  /** The least width in characters, so that words and figures never break inside. */
  readonly least?: 8 | 12 | 16 | 24;
  /** The column that names the row. */
  readonly isRowHead?: boolean;
  /** Set if the rows can be sorted by it: the key in the address. */
  readonly sort?: string;
  /** In the row of totals. */
  readonly total?: ComponentChildren;
}

export interface Sorting {
  readonly by: string;
  readonly order: 'asc' | 'desc';
  readonly onSort: (by: string, order: 'asc' | 'desc') => void;
  /** The order of the first click on a column; without: from the largest, the latest. */
  readonly firstOrder?: (by: string) => 'asc' | 'desc';
}

export interface TableProps<R> {
  /** What the rows are; screen readers read it, and it names the table's region. */
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly sorting?: Sorting;
  /** The name of the row of totals; without, there is none. */
  readonly totals?: ComponentChildren;
  /** Opens a row that is clicked anywhere; the row also contains a link or a button for it. */
  readonly onOpen?: (row: R) => void;
  /** `wide`: many columns, so the table scrolls in its own box; `few`: they fit on tablets, so rows stay rows there. */
  readonly size?: 'few' | 'usual' | 'wide';
  readonly class?: string;
}

/**
 * Rows with a head that stays in view; each row is a card on narrow screens. The ARIA roles are explicit, because cards
 * are no table for browsers.
 */
export function Table<R>(props: TableProps<R>): JSX.Element {
  const { caption, columns, rows, keyOf, totals, onOpen, size = 'usual' } = props;
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    if (isExact.value && table.current !== null) alignTails(table.current);
  });
  return (
    <div class={`table ${size}`} role="region" tabIndex={0} aria-label={caption}>
      <table ref={table} role="table" class={`plain cards ${props.class ?? ''}`}>
        <caption class="sr">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sorting={props.sorting} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              role="row"
              class={onOpen && 'opens'}
              onClick={onOpen && ((event) => isOnRow(event) && onOpen(row))}
            >
              {columns.map((column) => (
                <BodyCell key={column.id} column={column}>
                  {column.cell(row)}
                </BodyCell>
              ))}
            </tr>
          ))}
        </tbody>
        {totals !== undefined && <TotalsRow columns={columns} name={totals} />}
      </table>
    </div>
  );
}

function TotalsRow<R>(props: {
  readonly columns: readonly Column<R>[];
  readonly name: ComponentChildren;
}): JSX.Element {
  return (
    <tfoot role="rowgroup">
      <tr role="row">
        {props.columns.map((column, index) => (
          <BodyCell key={column.id} column={index === 0 ? { ...column, isRowHead: true } : column}>
            {index === 0 ? props.name : column.total}
          </BodyCell>
        ))}
      </tr>
    </tfoot>
  );
}

/** Whether a click was on the row itself, and not on another control or the end of selecting text. */
function isOnRow({ target }: MouseEvent): boolean {
  const isElsewhere = target instanceof Element && target.closest('a, button') !== null;
  return !isElsewhere && String(getSelection()) === '';
}

function classOf<R>({ id, kind, least }: Column<R>): string {
  return `${id} ${kind === 'number' ? 'num' : ''} ${least === undefined ? '' : `least-${least}`}`;
}

function HeadCell<R>(props: {
  readonly column: Column<R>;
  readonly sorting: Sorting | undefined;
}): JSX.Element {
  const { column, sorting } = props;
  const { head, sort } = column;
  if (sort === undefined || sorting === undefined) {
    return (
      <th role="columnheader" scope="col" class={classOf(column)}>
        {head}
      </th>
    );
  }
  const { by, order, onSort, firstOrder = () => 'desc' as const } = sorting;
  const isSorted = by === sort;
  const next = isSorted ? (order === 'desc' ? 'asc' : 'desc') : firstOrder(sort);
  return (
    <th
      role="columnheader"
      scope="col"
      class={classOf(column)}
      aria-sort={isSorted ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button type="button" class="sort" data-sort={sort} onClick={() => onSort(sort, next)}>
        {head}
        <span class="sort-mark" aria-hidden="true">
          {isSorted ? (order === 'asc' ? '↑' : '↓') : '↕'}
        </span>
      </button>
    </th>
  );
}

function BodyCell<R>(props: {
  readonly column: Column<R>;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { column, children } = props;
  if (column.isRowHead) {
    return (
      <th role="rowheader" scope="row" class={classOf(column)}>
        {children}
      </th>
    );
  }
  return (
    <td role="cell" class={classOf(column)} data-label={column.head}>
      {children}
    </td>
  );
}
