/** Who deployed the module, with the credits before and after. */

import type { JSX } from 'preact';
import { credits } from '../../exact/format.js';
import { Link } from '../../ui/button.js';
import { Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import type { FullExplanation } from './story.js';
import { t } from './texts.js';

interface Balance {
  readonly title: string;
  readonly balance: FullExplanation['balanceBefore'];
}

export function Customer({ story }: { readonly story: FullExplanation }): JSX.Element {
  const { userId = '', userEmail = null, balanceBefore, balanceAfter } = story;
  const column = (id: 'free' | 'purchased' | 'unpaid'): Column<Balance> => ({
    id,
    head: t(id),
    kind: 'number',
    cell: ({ balance }) => credits(balance[id]),
  });
  return (
    <div>
      <p>
        <Link to={`/customers/${encodeURIComponent(userId)}`}>
          <Name text={userEmail ?? userId} />
        </Link>{' '}
        <code>{userId}</code>
      </p>
      <Table
        caption={t('customerBalances')}
        columns={[
          { id: 'credits', head: t('credits'), isRowHead: true, cell: ({ title }) => title },
          column('free'),
          column('purchased'),
          column('unpaid'),
        ]}
        rows={[
          { title: t('before'), balance: balanceBefore },
          { title: t('after'), balance: balanceAfter },
        ]}
        keyOf={({ title }) => title}
        size="few"
      />
    </div>
  );
}
