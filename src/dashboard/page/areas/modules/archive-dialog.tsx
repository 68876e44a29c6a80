import type { JSX } from 'preact';
import type { Change } from '../../api/guarded-change.js';
import { changeModule, type Module } from '../../api/modules.js';
import { useWriting } from '../../question/writing.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { toast } from '../../ui/toast.js';
import type { EditDialogProps } from './edit-dialog.js';
import { Price } from './modules-table.js';
import { t } from './texts.js';

/** Takes a module off the offer, or offers it again. */
export function ArchiveDialog({ module, onChange, onClose }: EditDialogProps): JSX.Element {
  const { archived } = module;
  const writing = useWriting<Change<Module>>((outcome) => {
    if (outcome.kind !== 'done') return;
    const { now } = outcome.answer;
    toast(t(now.archived ? 'archivedDone' : 'offeredDone', { name: now.name }));
    onChange(now);
    onClose();
  });
  const name = <bdi>{module.name}</bdi>;
  return (
    <FormDialog
      title={t.rich(archived ? 'offerAgainTitle' : 'archiveTitle', { name })}
      action={t(archived ? 'offerAgainAction' : 'archiveAction')}
      writing={writing}
      onSubmit={() => writing.send((_, signal) => changeModule(module, { archived: !archived }, signal))}
      onClose={onClose}
    >
      <p>
        {archived
          ? t.rich('offerAgainText', { price: <Price amount={module.creditCost} /> })
          : t('archiveText')}
      </p>
    </FormDialog>
  );
}
