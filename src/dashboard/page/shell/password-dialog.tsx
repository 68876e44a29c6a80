import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Refusal, Unreachable } from '../api/problem.js';
import { changePassword } from '../api/settings.js';
import { refusedField, useWriting } from '../question/writing.js';
import { TextField } from '../ui/field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { toast } from '../ui/toast.js';
import { t } from './password-texts.js';

/** Changes the password with which the caller signs in at this service. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isTried, setTried] = useState(false);
  const isLong = newPassword.length >= 12 && newPassword.length <= 128;
  const writing = useWriting<null>((outcome) => {
    if (outcome.kind !== 'done') return;
    toast(t('changed'));
    onClose();
  });
  const submit = (): void => {
    setTried(true);
    if (currentPassword === '' || !isLong || repeated !== newPassword) return;
    let attempts = 0;
    writing.send(async (_, signal) => {
      attempts += 1;
      const isFirst = attempts === 1;
      await changePassword({ currentPassword, newPassword }, signal).catch((error: unknown) => {
        throw isFirst || !(error instanceof Refusal) ? error : afterLostAnswer(error);
      });
      return null;
    });
  };
  return (
    <FormDialog
      title={t('title')}
      action={t('save')}
      writing={writing}
      lost={t('lost')}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('current')}
        type="password"
        autocomplete="current-password"
        value={currentPassword}
        onInput={setCurrent}
        error={isTried && currentPassword === '' ? t('missing') : refusedField(writing, 'currentPassword')}
      />
      <TextField
        label={t('new')}
        type="password"
        autocomplete="new-password"
        hint={t('newHint')}
        value={newPassword}
        onInput={setNew}
        error={isTried && !isLong ? t('wrongLength') : refusedField(writing, 'newPassword')}
      />
      <TextField
        label={t('repeat')}
        type="password"
        autocomplete="new-password"
        value={repeated}
        onInput={setRepeated}
        error={isTried && repeated !== newPassword ? t('repeatWrong') : undefined}
      />
    </FormDialog>
  );
}

/** If the first attempt changed the password, the second one is refused, because the current one is another now. */
function afterLostAnswer(refusal: Refusal): Error {
  return refusal.code === 'LOGIN.WRONG_PASSWORD' ? new Unreachable(refusal.message) : refusal;
}
