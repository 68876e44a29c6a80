import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { changesOf, type Change } from '../../../api/guarded-change.js';
import { isPlatformId } from '../../../api/platform-id.js';
import { changeUser, createUser, ROLES, userName, type User, type UserFields } from '../../../api/users.js';
import { refusedField, useWriting } from '../../../question/writing.js';
import { Checkbox, TextField } from '../../../ui/field.js';
import { FormDialog } from '../../../ui/form-dialog.js';
import { toast } from '../../../ui/toast.js';
import { Notice } from '../../../ui/view.js';
import { roleName } from './roles.js';
import { t } from './texts.js';

export interface PersonDialogProps {
  /** Null: a new person. */
  readonly user: User | null;
  /** Called after each attempt that could have changed something. */
  readonly onChange: () => void;
  readonly onClose: () => void;
}

type Saved = Change<User>;

/** A person's name, e-mail address, roles and password. It sends only what was changed. */
export function PersonDialog({ user, onChange, onClose }: PersonDialogProps): JSX.Element {
  const [seen, setSeen] = useState(user);
  const [foreign, setForeign] = useState<Saved | null>(null);
  const [isTried, setTried] = useState(false);
  const [id, setId] = useState('');
  const [fields, setFields] = useState<UserFields>({
    name: user?.name ?? null,
    email: user?.email ?? null,
    roles: user?.roles ?? ['user'],
  });
  const [password, setPassword] = useState('');
  const isPassword = password === '' || (password.length >= 12 && password.length <= 128);
  const isId = user !== null || isPlatformId(id);
  const writing = useWriting<Saved>((outcome) => {
    if (outcome.kind !== 'refused') onChange();
    if (outcome.kind !== 'done') return;
    const { answer } = outcome;
    if (answer.kind === 'meanwhile') {
      setSeen(answer.now);
      setForeign(answer);
      return;
    }
    toast(t(user === null ? 'added' : 'changed', { name: userName(answer.now) }));
    onClose();
  });
  const submit = (): void => {
    setTried(true);
    if (!isPassword || !isId) return;
    setForeign(null);
    if (seen === null) {
      const body = { id, ...fields, ...(password === '' ? {} : { password }) };
      writing.send(async (headers, signal) => ({
        kind: 'saved',
        now: await createUser(body, headers, signal),
      }));
      return;
    }
    const wanted = changesOf<User>(seen, fields);
    if (Object.keys(wanted).length === 0 && password === '') onClose();
    else {
      const change = { seen, wanted, password: password === '' ? null : password };
      writing.send((_, signal) => changeUser(change, signal));
    }
  };
  const error = (field: string): string | undefined => refusedField(writing, field);
  return (
    <FormDialog
      title={user === null ? t('addTitle') : t.rich('changeTitle', { name: <bdi>{userName(user)}</bdi> })}
      action={t(user === null ? 'addAction' : 'save')}
      writing={writing}
      onSubmit={submit}
      onClose={onClose}
    >
      {user === null && (
        <IdField id={id} onInput={setId} error={isTried && !isId ? t('idWrong') : error('id')} />
      )}
      <PersonFields fields={fields} onChange={setFields} error={error} />
      <PasswordField
        isNew={user === null}
        password={password}
        onInput={setPassword}
        error={isTried && !isPassword ? t('passwordWrong') : error('password')}
      />
      {foreign?.kind === 'meanwhile' && !writing.isSending && (
        <Notice kind="bad">{t('meanwhile', { what: described(foreign) })}</Notice>
      )}
    </FormDialog>
  );
}

interface IdFieldProps {
  readonly id: string;
  readonly onInput: (id: string) => void;
  readonly error: string | undefined;
}

function IdField({ id, onInput, error }: IdFieldProps): JSX.Element {
  return <TextField label={t('id')} hint={t('idHint')} value={id} onInput={onInput} error={error} />;
}

interface PasswordFieldProps {
  readonly isNew: boolean;
  readonly password: string;
  readonly onInput: (password: string) => void;
  readonly error: string | undefined;
}

function PasswordField({ isNew, password, onInput, error }: PasswordFieldProps): JSX.Element {
  return (
    <TextField
      label={t(isNew ? 'password' : 'newPassword')}
      type="password"
      autocomplete="new-password"
      hint={t(isNew ? 'passwordHint' : 'passwordKept')}
      value={password}
      onInput={onInput}
      error={error}
    />
  );
}

interface PersonFieldsProps {
  readonly fields: UserFields;
  readonly onChange: (fields: UserFields) => void;
  readonly error: (field: string) => string | undefined;
}

function PersonFields({ fields, onChange, error }: PersonFieldsProps): JSX.Element {
  const { name, email, roles } = fields;
  return (
    <>
      <TextField
        label={t('name')}
        value={name ?? ''}
        onInput={(value) => onChange({ ...fields, name: value.trim() === '' ? null : value })}
        error={error('name')}
      />
      <TextField
        label={t('email')}
        type="email"
        value={email ?? ''}
        onInput={(value) => onChange({ ...fields, email: value.trim() === '' ? null : value.trim() })}
        error={error('email')}
      />
      <fieldset class="roles-field">
        <legend>{t('roles')}</legend>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            isChecked={roles.includes(role)}
            onChange={(isChecked) =>
              onChange({
                ...fields,
                roles: ROLES.filter((one) => (one === role ? isChecked : roles.includes(one))),
              })
            }
          >
            {roleName(role)}
          </Checkbox>
        ))}
        <p class="hint">{t('rolesHint')}</p>
      </fieldset>
    </>
  );
}

function described({ now, fields }: Extract<Saved, { kind: 'meanwhile' }>): string {
  return fields
    .map((field) => {
      if (field === 'roles') return `${t('roles')} ${now.roles.map(roleName).join(', ')}`;
      return field === 'name' ? `${t('name')} ${now.name ?? '–'}` : `${t('email')} ${now.email ?? '–'}`;
    })
    .join('; ');
}
