import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { defineParameters, oneOf, optional, text } from '../../address/parameters.js';
import { readUsers, userName, type User, type UsersQuery } from '../../api/users.js';
import { useQuestion } from '../../question/question.js';
import { useCaller } from '../../session/me.js';
import { Answer, EmptyState } from '../../ui/answer.js';
import { Button, Link } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { Select, TextField } from '../../ui/field.js';
import { Name } from '../../ui/figures.js';
import { ShowMore } from '../../ui/show-more.js';
import { Table, type Column } from '../../ui/table.js';
import { View } from '../../ui/view.js';
import { AwardMany } from './award-many.js';
import { BatchProgress } from './batch-progress.js';
import { t } from './texts.js';

const parameters = defineParameters({
  q: text(),
  role: oneOf(['user', 'partner', 'everybody']),
  batch: optional(),
});

export function CustomerList(): JSX.Element {
  const { mayRecord } = useCaller().rights;
  const { q: typed, role, batch } = parameters.here();
  const [isAwarding, setAwarding] = useState(false);
  const q = typed.trim();
  const asked: UsersQuery = { q: q || undefined, role: role === 'everybody' ? undefined : role };
  const found = useQuestion(asked, readUsers, q);
  const start = (externalId: string): void => {
    setAwarding(false);
    parameters.go({ batch: externalId });
  };
  return (
    <View
      title={t('customers')}
      subtitle={mayRecord ? undefined : t('cannotRecord')}
      class="customers"
      actions={
        mayRecord && (
          <Button icon="people" onPress={() => setAwarding(true)}>
            {t('awardMany')} …
          </Button>
        )
      }
    >
      {batch !== null && (
        <BatchProgress key={batch} externalId={batch} onClose={() => parameters.go({ batch: null })} />
      )}
      <section class="card">
        <Find />
        <Answer of={found}>
          {({ data }, { question }) =>
            data.length === 0 ? (
              <NobodyFound query={question} />
            ) : (
              <>
                <Table
                  caption={t('customersCaption')}
                  columns={columns()}
                  rows={data}
                  keyOf={({ id }) => id}
                />
                <ShowMore of={found} read={(query, cursor) => readUsers({ ...query, cursor })} />
              </>
            )
          }
        </Answer>
      </section>
      {isAwarding && <AwardMany onStart={start} onClose={() => setAwarding(false)} />}
    </View>
  );
}

function Find(): JSX.Element {
  const { q, role } = parameters.here();
  return (
    <div class="find" role="search">
      <TextField
        label={t('find')}
        hint={t('findHint')}
        type="search"
        value={q}
        onInput={(value) => parameters.replace({ q: value })}
      />
      <Select
        label={t('role')}
        value={role}
        options={[
          { value: 'user', label: t('users') },
          { value: 'partner', label: t('partners') },
          { value: 'everybody', label: t('everybody') },
        ]}
        onChoose={(value) => parameters.go({ role: value })}
      />
    </div>
  );
}

function columns(): readonly Column<User>[] {
  return [
    {
      id: 'name',
      head: t('name'),
      isRowHead: true,
      least: 24,
      cell: (user) => (
        <Link to={`/customers/${encodeURIComponent(user.id)}`}>
          <Name text={userName(user)} />
        </Link>
      ),
    },
    {
      id: 'email',
      head: t('email'),
      least: 24,
      cell: ({ email }) => email !== null && <Name text={email} />,
    },
    { id: 'id', head: t('id'), least: 12, cell: ({ id }) => <code>{id}</code> },
    { id: 'roles', head: t('roles'), least: 12, cell: ({ roles }) => <Roles roles={roles} /> },
  ];
}

export function Roles({ roles }: Pick<User, 'roles'>): JSX.Element {
  return (
    <span class="role-list">
      {roles.map((role) => (
        <Chip key={role}>{role}</Chip>
      ))}
    </span>
  );
}

function NobodyFound({ query: { q, role } }: { readonly query: UsersQuery }): JSX.Element {
  if (q === undefined) {
    return (
      <EmptyState icon="people" title={t('noCustomers')}>
        {t('noCustomersAdvice')}
      </EmptyState>
    );
  }
  const everybody = <Button onPress={() => parameters.go({ role: 'everybody' })}>{t('everybody')}</Button>;
  return (
    <EmptyState title={t('nobodyFound')} actions={role === undefined ? undefined : everybody}>
      {t('nobodyFoundAdvice')}
    </EmptyState>
  );
}
