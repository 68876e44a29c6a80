/** The modules that can be deployed and their prices, before anything is deployed. */

import type { JSX } from 'preact';
import { defineParameters, text } from '../../address/parameters.js';
import type { Balance } from '../../api/credits.js';
import { readModules, type Module, type ModulesQuery } from '../../api/modules.js';
import { credits } from '../../exact/format.js';
import { useQuestion } from '../../question/question.js';
import { Answer, EmptyState } from '../../ui/answer.js';
import { Chip } from '../../ui/chip.js';
import { TextField } from '../../ui/field.js';
import { Name } from '../../ui/figures.js';
import { ShowMore } from '../../ui/show-more.js';
import { Table, type Column } from '../../ui/table.js';
import { Card } from '../../ui/view.js';
import { missingFor } from './means.js';
import { t } from './texts.js';

const parameters = defineParameters({ module: text() });

/** @param balance null: not known, so the prices are shown alone */
export function ModulePrices({ balance }: { readonly balance: Balance | null }): JSX.Element {
  const { module: typed } = parameters.here();
  const wanted = typed.trim();
  const asked: ModulesQuery = { archived: false, ...(wanted === '' ? {} : { q: wanted }) };
  const found = useQuestion(asked, readModules, wanted);
  return (
    <Card title={t('prices')} class="prices">
      <div class="find">
        <TextField
          label={t('findModule')}
          type="search"
          value={typed}
          onInput={(value) => parameters.replace({ module: value })}
        />
      </div>
      <Answer of={found}>
        {({ data }, { question }) =>
          data.length === 0 ? (
            <EmptyState icon="layers" title={question.q === undefined ? t('noModules') : t('noModulesFound')}>
              {question.q === undefined ? t('noModulesAdvice') : t('noModulesFoundAdvice')}
            </EmptyState>
          ) : (
            <>
              <Table
                caption={t('pricesCaption')}
                columns={columnsFor(balance)}
                rows={data}
                keyOf={({ id }) => id}
              />
              <ShowMore of={found} read={(query, cursor) => readModules({ ...query, cursor })} />
            </>
          )
        }
      </Answer>
    </Card>
  );
}

function columnsFor(balance: Balance | null): readonly Column<Module>[] {
  const means: Column<Module> = {
    id: 'means',
    head: t('yourMeans'),
    least: 16,
    cell: (module) => balance !== null && <Means module={module} balance={balance} />,
  };
  return [
    {
      id: 'module',
      head: t('module'),
      isRowHead: true,
      least: 24,
      cell: ({ id, name }) => (
        <span class="titled">
          <Name text={name} title={id} />
          <small>
            <code>{id}</code>
          </small>
        </span>
      ),
    },
    { id: 'cost', head: t('cost'), kind: 'number', least: 12, cell: (module) => <Price module={module} /> },
    ...(balance === null ? [] : [means]),
  ];
}

function Price({
  module: { creditCost, requiresPurchasedCredits },
}: {
  readonly module: Module;
}): JSX.Element {
  if (creditCost === '0') return <span>{t('priceIsFree')}</span>;
  return (
    <span>
      <strong>{credits(creditCost)}</strong>
      {requiresPurchasedCredits && <small>{t('onlyPurchased')}</small>}
    </span>
  );
}

function Means({ module, balance }: { readonly module: Module; readonly balance: Balance }): JSX.Element {
  const missing = missingFor(module, balance);
  return missing === null ? (
    <Chip kind="good">{t('canPay')}</Chip>
  ) : (
    <Chip kind="warn">{t('cannotPay', { credits: credits(missing) })}</Chip>
  );
}
