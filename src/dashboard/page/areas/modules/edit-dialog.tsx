import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { changesOf, type Change } from '../../api/guarded-change.js';
import { changeModule, type Module, type ModuleFields } from '../../api/modules.js';
import { refusedField, useWriting } from '../../question/writing.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { toast } from '../../ui/toast.js';
import { Meanwhile } from './meanwhile.js';
import { NameField, PriceFields, useModuleForm } from './module-fields.js';
import { t } from './texts.js';

export interface EditDialogProps {
  readonly module: Module;
  /** Called with the module as it is now: after a change, and after somebody else's. */
  readonly onChange: (now: Module) => void;
  readonly onClose: () => void;
}

/** Name, price and who may pay. It sends only what was changed, and nothing over another change. */
export function EditDialog({ module, onChange, onClose }: EditDialogProps): JSX.Element {
  const [seen, setSeen] = useState(module);
  const [foreign, setForeign] = useState<Extract<Change<Module>, { kind: 'meanwhile' }> | null>(null);
  const [isTried, setTried] = useState(false);
  const state = useModuleForm(module);
  const writing = useWriting<Change<Module>>((outcome) => {
    if (outcome.kind !== 'done') return;
    const change = outcome.answer;
    onChange(change.now);
    if (change.kind === 'meanwhile') {
      setSeen(change.now);
      setForeign(change);
      return;
    }
    toast(t('changed', { name: change.now.name }));
    onClose();
  });
  const submit = (): void => {
    setTried(true);
    if (!state.isValid || state.price === null) return;
    const { name, requiresPurchasedCredits } = state.form;
    const wanted: Partial<ModuleFields> = changesOf(seen, {
      name: name.trim(),
      creditCost: state.price,
      requiresPurchasedCredits,
    });
    if (Object.keys(wanted).length === 0) {
      onClose();
      return;
    }
    setForeign(null);
    writing.send((_, signal) => changeModule(seen, wanted, signal));
  };
  const fields = { state, isTried, refused: (field: string) => refusedField(writing, field) };
  return (
    <FormDialog
      title={t.rich('changeTitle', { name: <bdi>{module.name}</bdi> })}
      action={t('changeAction')}
      writing={writing}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField {...fields} />
      <PriceFields {...fields} hint={t('costHint')} />
      {foreign !== null && !writing.isSending && <Meanwhile change={foreign} />}
    </FormDialog>
  );
}
