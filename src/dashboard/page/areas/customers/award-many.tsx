/** One award to many customers: it is started here, and the service records the awards in the background. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { endOfDay, startBatch, type Batch } from '../../api/credits.js';
import { readUsers, userName } from '../../api/users.js';
import { decimal, units } from '../../exact/decimal.js';
import { credits } from '../../exact/format.js';
import { typedAmount } from '../../exact/typed.js';
import { useWriting } from '../../question/writing.js';
import { usePlatform } from '../../session/me.js';
import { Chip } from '../../ui/chip.js';
import { Combobox, type Choice } from '../../ui/combobox.js';
import { Select, TextField } from '../../ui/field.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Notice } from '../../ui/view.js';
import { LastDay } from './entry-fields.js';
import { t } from './texts.js';

const MOST_CHOICES = 20;

export interface AwardManyProps {
  /** @param externalId of the batch that was accepted */
  readonly onStart: (externalId: string) => void;
  readonly onClose: () => void;
}

interface Form {
  readonly whom: 'chosen' | 'all';
  readonly chosen: readonly Choice[];
  readonly credits: string;
  readonly lastDay: string;
  readonly reason: string;
}

const EMPTY: Form = { whom: 'chosen', chosen: [], credits: '', lastDay: '', reason: '' };

export function AwardMany({ onStart, onClose }: AwardManyProps): JSX.Element {
  const { timeZone } = usePlatform();
  const [externalId] = useState(() => `page-${crypto.randomUUID()}`);
  const [form, setForm] = useState(EMPTY);
  const writing = useWriting<Batch>((outcome) => {
    if (outcome.kind === 'done') onStart(externalId);
  });
  const amount = typedAmount(form.credits);
  const isWhole = amount !== null && (form.whom === 'all' || form.chosen.length > 0);
  const isUnknown = writing.outcome?.kind === 'unknown';
  return (
    <FormDialog
      title={t('awardManyTitle')}
      action={t('recordMany')}
      isReady={isWhole && !isUnknown}
      writing={writing}
      onSubmit={() =>
        writing.send((headers, signal) => order(externalId, form, timeZone, { headers, signal }))
      }
      // If it is not known whether the batch was accepted, its progress shows it.
      onClose={() => (isUnknown ? onStart(externalId) : onClose())}
    >
      <fieldset class="entry-form" disabled={writing.isSending || isUnknown}>
        <Fields form={form} onChange={(part) => setForm({ ...form, ...part })} />
      </fieldset>
      {amount !== null && isWhole && <Summary form={form} amount={amount} />}
    </FormDialog>
  );
}

interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function order(externalId: string, form: Form, timeZone: string, sending: Sending): Promise<Batch> {
  const { whom, chosen, lastDay } = form;
  const userIds = chosen.map(({ id }) => id);
  const expiresAt = lastDay === '' ? undefined : await endOfDay(lastDay, timeZone, undefined, sending.signal);
  return startBatch(
    {
      externalId,
      ...(whom === 'all' ? { all: true } : { userIds }),
      credits: typedAmount(form.credits) ?? '',
      expiresAt,
      reason: form.reason.trim() || undefined,
    },
    sending,
  );
}

interface FieldsProps {
  readonly form: Form;
  readonly onChange: (part: Partial<Form>) => void;
}

function Fields({ form, onChange }: FieldsProps): JSX.Element {
  const { whom, chosen, lastDay, reason } = form;
  const isWrong = form.credits.trim() !== '' && typedAmount(form.credits) === null;
  return (
    <>
      <Select
        label={t('forWhom')}
        value={whom}
        options={[
          { value: 'chosen', label: t('chosen') },
          { value: 'all', label: t('everybody') },
        ]}
        hint={whom === 'all' ? t('allHint') : undefined}
        onChoose={(value) => onChange({ whom: value })}
      />
      {whom === 'chosen' && <Chosen chosen={chosen} onChange={(now) => onChange({ chosen: now })} />}
      <TextField
        label={t('awardEach')}
        inputMode="decimal"
        value={form.credits}
        error={isWrong ? t('notAnAmount') : undefined}
        onInput={(typed) => onChange({ credits: typed })}
      />
      <LastDay value={lastDay} onInput={(value) => onChange({ lastDay: value })} />
      <TextField
        label={t('reason')}
        hint={t('reasonHint')}
        value={reason}
        onInput={(value) => onChange({ reason: value })}
      />
    </>
  );
}

interface ChosenProps {
  readonly chosen: readonly Choice[];
  readonly onChange: (chosen: readonly Choice[]) => void;
}

function Chosen({ chosen, onChange }: ChosenProps): JSX.Element {
  const add = (choice: Choice): void => {
    if (!chosen.some(({ id }) => id === choice.id)) onChange([...chosen, choice]);
  };
  return (
    <div class="chosen">
      <Combobox
        label={t('chooseCustomer')}
        find={findChoices}
        onChoose={add}
        hint={chosen.length === 0 ? t('chooseOne') : undefined}
        isEmptied
      />
      {chosen.length > 0 && (
        <p class="chips">
          {chosen.map(({ id, label }) => (
            <Chip
              key={id}
              remove={{ name: label, onRemove: () => onChange(chosen.filter((one) => one.id !== id)) }}
            >
              {label}
            </Chip>
          ))}
        </p>
      )}
    </div>
  );
}

async function findChoices(text: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const { data } = await readUsers({ q: text || undefined, limit: MOST_CHOICES }, signal);
  return data.map((user) => ({ id: user.id, label: userName(user), note: user.email ?? user.id }));
}

function Summary({ form, amount }: { readonly form: Form; readonly amount: string }): JSX.Element {
  const count = form.chosen.length;
  const all = decimal(units(amount) * BigInt(count));
  return (
    <Notice>
      {form.whom === 'chosen' && (
        <p>{t('manySummary', { each: credits(amount), credits: credits(all), count })}</p>
      )}
      <p>{t('manySettle')}</p>
    </Notice>
  );
}
