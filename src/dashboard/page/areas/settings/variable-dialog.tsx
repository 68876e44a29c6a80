import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Change } from '../../api/guarded-change.js';
import { changeVariable, type OtherKey, type TaggedVariable } from '../../api/settings.js';
import { useWriting } from '../../question/writing.js';
import { useCaller } from '../../session/me.js';
import { TextField } from '../../ui/field.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { Name } from '../../ui/figures.js';
import { toast } from '../../ui/toast.js';
import { Notice } from '../../ui/view.js';
import { t as settings } from './texts.js';
import { t } from './variable-texts.js';

const VALID: Readonly<Record<OtherKey, RegExp>> = {
  creditsPerUnit: /^(?:0|[1-9]\d{0,6})(?:\.\d{1,2})?$/,
  currency: /^[A-Z]{3}$/,
  timeZone: /^[A-Za-z][A-Za-z0-9_+/-]*$/,
  minimumPayout: /^(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/,
};

export interface VariableDialogProps {
  /** The value that is changed, as it was read with its ETag. */
  readonly first: TaggedVariable;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

/** Sets a variable, and never over the change of somebody else. */
export function VariableDialog({ first, onChange, onClose }: VariableDialogProps): JSX.Element {
  const { amendPlatform } = useCaller();
  const [seen, setSeen] = useState(first);
  const [foreign, setForeign] = useState<TaggedVariable | null>(null);
  const [text, setText] = useState(first.value.value);
  const [isTried, setTried] = useState(false);
  const key = first.value.key as OtherKey;
  const wanted = typed(key, text);
  const writing = useWriting<Change<TaggedVariable>>((outcome) => {
    if (outcome.kind !== 'refused') onChange();
    if (outcome.kind !== 'done') return;
    const { kind, now } = outcome.answer;
    if (!isDecimal(key)) amendPlatform({ [key]: now.value.value });
    if (kind === 'meanwhile') {
      setSeen(now);
      setForeign(now);
      return;
    }
    toast(t('saved', { name: settings(key), value: now.value.value }));
    onClose();
  });
  const submit = (): void => {
    setTried(true);
    if (!VALID[key].test(wanted)) return;
    if (wanted === seen.value.value) onClose();
    else {
      setForeign(null);
      writing.send((_, signal) => changeVariable({ seen, wanted }, signal));
    }
  };
  return (
    <FormDialog
      title={settings(key)}
      action={t('save')}
      writing={writing}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={settings(key)}
        hint={t(`${key}Hint`)}
        inputMode={isDecimal(key) ? 'decimal' : 'text'}
        value={text}
        onInput={setText}
        error={isTried && !VALID[key].test(wanted) ? t(`${key}Wrong`) : undefined}
      />
      {foreign !== null && !writing.isSending && (
        <Notice kind="bad">
          {t.rich('meanwhile', {
            who: <Name text={foreign.value.updatedBy ?? t('somebody')} />,
            value: <strong>{foreign.value.value}</strong>,
          })}
        </Notice>
      )}
    </FormDialog>
  );
}

function isDecimal(key: OtherKey): boolean {
  return key === 'creditsPerUnit' || key === 'minimumPayout';
}

/** What was typed, in the service's spelling. A comma before three digits may be a thousand, so it stays one. */
function typed(key: OtherKey, text: string): string {
  const trimmed = text.trim();
  if (key === 'currency') return trimmed.toUpperCase();
  return isDecimal(key) ? trimmed.replace(/^(\d+),(\d{1,2})$/, '$1.$2') : trimmed;
}
