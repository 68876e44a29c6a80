import { TestPage } from '../testing/page.js';
import { Table, type Column } from './table.js';

interface Row {
  readonly id: string;
  readonly amount: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'name', head: 'Name', isRowHead: true, cell: ({ id }) => id },
  { id: 'amount', head: 'Amount', kind: 'number', sort: 'amount', cell: ({ amount }) => amount, total: '3' },
];
const ROWS = [
  { id: 'a', amount: '1' },
  { id: 'b', amount: '2' },
];

describe('a table', () => {
  const page = new TestPage();
  beforeEach(() => page.open());
  afterEach(() => page.close());

  it('has a caption, a head for each column and row, and a row of totals', async () => {
    const body = await page.show(
      <Table caption="Amounts" columns={COLUMNS} rows={ROWS} keyOf={({ id }) => id} totals="All" />,
    );
    expect([...body.querySelectorAll('tr')].map((row) => row.textContent)).toEqual([
      'NameAmount',
      'a1',
      'b2',
      'All3',
    ]);
    expect(body.querySelector('caption')?.textContent).toBe('Amounts');
    expect([...body.querySelectorAll('tbody th')].map((cell) => cell.getAttribute('scope'))).toEqual([
      'row',
      'row',
    ]);
    expect(body.querySelector('td')?.dataset['label']).toBe('Amount');
  });

  it('sorts by a column from the largest first, and then the other way round', async () => {
    const sorted: string[] = [];
    const draw = (order: 'asc' | 'desc', by: string): Promise<HTMLElement> =>
      page.show(
        <Table
          caption="Amounts"
          columns={COLUMNS}
          rows={ROWS}
          keyOf={({ id }) => id}
          sorting={{ by, order, onSort: (...choice) => sorted.push(choice.join(' ')) }}
        />,
      );
    await draw('desc', 'other');
    await page.press('Amount↕');
    const body = await draw('desc', 'amount');
    expect(body.querySelector('th.amount')?.getAttribute('aria-sort')).toBe('descending');
    await page.press('Amount↓');
    expect(sorted).toEqual(['amount desc', 'amount asc']);
  });
});
