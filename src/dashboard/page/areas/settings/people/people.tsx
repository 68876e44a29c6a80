/** The people whom the service knows: finance reads them, admins change them. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { defineParameters, oneOf, text } from '../../../address/parameters.js';
import { readUsers, ROLES, type User, type UserList, type UsersQuery } from '../../../api/users.js';
import { useQuestion } from '../../../question/question.js';
import { useCaller } from '../../../session/me.js';
import { Answer, EmptyState } from '../../../ui/answer.js';
import { Button } from '../../../ui/button.js';
import { Select, TextField } from '../../../ui/field.js';
import { ShowMore } from '../../../ui/show-more.js';
import { View } from '../../../ui/view.js';
import { AnonymiseDialog } from './anonymise-dialog.js';
import { PeopleTable } from './people-table.js';
import { PersonDialog } from './person-dialog.js';
import { roleName } from './roles.js';
import { t } from './texts.js';

const parameters = defineParameters({ q: text(), role: oneOf(['', ...ROLES]) });

type Opened = { readonly kind: 'add' } | { readonly kind: 'edit' | 'anonymise'; readonly user: User };

export function People(): JSX.Element {
  const mayChange = useCaller().rights.settings === 'change';
  const [opened, setOpened] = useState<Opened | null>(null);
  const { q, role } = parameters.here();
  const wanted = q.trim();
  const people = useQuestion<UsersQuery, UserList>(
    { ...(wanted === '' ? {} : { q: wanted }), ...(role === '' ? {} : { role }) },
    readUsers,
    wanted,
  );
  const close = (): void => setOpened(null);
  const add = mayChange && (
    <Button kind="primary" icon="plus" onPress={() => setOpened({ kind: 'add' })}>
      {t('add')}
    </Button>
  );
  return (
    <View title={t('people')} subtitle={t('subtitle')} actions={add} class="people">
      <Filter />
      <section class="card list">
        <Answer of={people}>
          {({ data }, { question }) =>
            data.length === 0 ? (
              <NoPeople isFiltered={question.q !== undefined || question.role !== undefined} />
            ) : (
              <>
                <PeopleTable
                  people={data}
                  onEdit={mayChange ? (user) => setOpened({ kind: 'edit', user }) : null}
                  onAnonymise={(user) => setOpened({ kind: 'anonymise', user })}
                />
                <ShowMore of={people} read={(query, cursor) => readUsers({ ...query, cursor })} />
              </>
            )
          }
        </Answer>
      </section>
      {opened?.kind === 'add' && <PersonDialog user={null} onChange={people.again} onClose={close} />}
      {opened?.kind === 'edit' && <PersonDialog user={opened.user} onChange={people.again} onClose={close} />}
      {opened?.kind === 'anonymise' && (
        <AnonymiseDialog user={opened.user} onChange={people.again} onClose={close} />
      )}
    </View>
  );
}

function Filter(): JSX.Element {
  const { q, role } = parameters.here();
  return (
    <div class="filter" role="search">
      <TextField
        label={t('search')}
        placeholder={t('searchHint')}
        type="search"
        value={q}
        onInput={(value) => parameters.replace({ q: value })}
      />
      <Select
        label={t('role')}
        value={role}
        options={[
          { value: '', label: t('allRoles') },
          ...ROLES.map((value) => ({ value, label: roleName(value) })),
        ]}
        onChoose={(value) => parameters.go({ role: value })}
      />
    </div>
  );
}

function NoPeople({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  if (!isFiltered) {
    return (
      <EmptyState icon="people" title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t('noMatch')}
      actions={<Button onPress={() => parameters.go({ q: '', role: '' })}>{t('showAll')}</Button>}
    >
      {t('noMatchText')}
    </EmptyState>
  );
}
