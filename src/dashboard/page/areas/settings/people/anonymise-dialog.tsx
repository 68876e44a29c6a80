import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { anonymiseUser, userName, type User } from '../../../api/users.js';
import { useWriting } from '../../../question/writing.js';
import { TextField } from '../../../ui/field.js';
import { FormDialog } from '../../../ui/form-dialog.js';
import { toast } from '../../../ui/toast.js';
import { t } from './texts.js';

export interface AnonymiseDialogProps {
  readonly user: User;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** Cannot be undone, so the id is typed first. */
export function AnonymiseDialog({ user, onChange, onClose }: AnonymiseDialogProps): JSX.Element {
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const isConfirmed = typed.trim() === user.id;
  const writing = useWriting<Awaited<ReturnType<typeof anonymiseUser>>>((outcome) => {
    if (outcome.kind !== 'refused') onChange();
    if (outcome.kind !== 'done') return;
    toast(t('anonymised', { id: user.id }));
    onClose();
  });
  const submit = (): void => {
    setTried(true);
    if (isConfirmed) writing.send((headers, signal) => anonymiseUser(user.id, headers, signal));
  };
  return (
    <FormDialog
      title={t.rich('anonymiseTitle', { name: <bdi>{userName(user)}</bdi> })}
      action={t('anonymiseAction')}
      isDanger
      writing={writing}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('anonymiseText')}</p>
      <TextField
        label={t.rich('anonymiseConfirm', { id: <bdi class="typed-id">{user.id}</bdi> })}
        value={typed}
        onInput={setTyped}
        error={isTried && !isConfirmed ? t('idNotTyped') : undefined}
      />
    </FormDialog>
  );
}
