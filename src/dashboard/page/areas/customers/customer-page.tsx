/** One customer: what can be spent, what happened, and what finance records. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { defineParameters, optional } from '../../address/parameters.js';
import { readUser, userName, type User } from '../../api/users.js';
import { HistoryCard } from '../../credits/history.js';
import { credits } from '../../exact/format.js';
import { useQuestion } from '../../question/question.js';
import { useCaller, usePlatform } from '../../session/me.js';
import { Answer } from '../../ui/answer.js';
import { Button, Link } from '../../ui/button.js';
import { Name } from '../../ui/figures.js';
import { Notice, View } from '../../ui/view.js';
import { Brought } from './brought.js';
import { CustomerBalance } from './customer-balance.js';
import { Roles } from './customer-list.js';
import { LineActions, LotActions } from './entry-actions.js';
import { EntryDialog } from './entry-dialog.js';
import type { Draft } from './entry-draft.js';
import { t } from './texts.js';

/** The explanation of a deployment opens over the page; the address names it. */
const drawer = defineParameters({ deployment: optional() });

export function CustomerPage({ id }: { readonly id: string }): JSX.Element {
  const user = useQuestion(id, readUser);
  const known = user.shown.value?.answer;
  if (known !== undefined && user.error.value === null)
    return <Customer user={known} name={userName(known)} />;
  return (
    <View title={t('customer')} class="customers">
      <Answer of={user} wayOut={<Link to="/customers">{t('all')}</Link>}>
        {() => null}
      </Answer>
    </View>
  );
}

function Customer({ user, name }: { readonly user: User; readonly name: string }): JSX.Element {
  const { mayRecord } = useCaller().rights;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [version, setVersion] = useState(0);
  const [said, setSaid] = useState('');
  const { id } = user;
  const close = (wasSent: boolean): void => {
    setDraft(null);
    if (wasSent) setVersion(version + 1);
  };
  const open = (one: Draft) => (): void => {
    setSaid('');
    setDraft(one);
  };
  const done = (total: string): void => {
    close(true);
    setSaid(t('recorded', { name, credits: credits(total) }));
  };
  return (
    <View
      title={<Name text={name} />}
      subtitle={<Identity user={user} />}
      class="customers"
      actions={
        mayRecord && (
          <>
            <Button icon="plus" kind="primary" onPress={open({ kind: 'award', userId: id })}>
              {t('award')} …
            </Button>
            <Button onPress={open({ kind: 'purchase', userId: id })}>{t('purchase')} …</Button>
          </>
        )
      }
    >
      {said !== '' && <Notice kind="good">{said}</Notice>}
      {!mayRecord && <Notice>{t('cannotRecord')}</Notice>}
      <CustomerBalance
        userId={id}
        version={version}
        actionsOf={mayRecord ? (lot) => <LotActions lot={lot} userId={id} onPress={open} /> : undefined}
      />
      <Brought userId={id} version={version} />
      <HistoryCard
        userId={id}
        version={version}
        targetOf={(deployment) => drawer.target({ deployment })}
        actionsOf={mayRecord ? (line) => <LineActions line={line} userId={id} onPress={open} /> : undefined}
      />
      {draft !== null && <EntryDialog draft={draft} name={name} onDone={done} onClose={close} />}
    </View>
  );
}

function Identity({ user: { id, email, roles } }: { readonly user: User }): JSX.Element {
  const { timeZone } = usePlatform();
  return (
    <span class="identity">
      <Link to="/customers">{t('all')}</Link>
      {email !== null && <Name text={email} />}
      <code>{id}</code>
      <Roles roles={roles} />
      <span>{t('subtitle', { zone: timeZone })}</span>
    </span>
  );
}
