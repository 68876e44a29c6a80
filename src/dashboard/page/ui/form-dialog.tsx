import type { ComponentChildren, JSX } from 'preact';
import type { Writing } from '../question/writing.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { OutcomeNotice } from './outcome.js';
import { t as uiText } from './texts.js';
import { t } from './writing-texts.js';

export interface FormDialogProps<T> {
  readonly title: ComponentChildren;
  /** The name of the button, a verb: "Publish". */
  readonly action: string;
  readonly isDanger?: boolean;
  /** Whether the button can be pressed; forms that explain what is missing leave it out. */
  readonly isReady?: boolean;
  readonly writing: Writing<T>;
  /** Said in place of the usual words if it is not known what became of the write. */
  readonly lost?: ComponentChildren;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A few fields and one write. It stays open until the write is done, refused, or not known and closed by hand. */
export function FormDialog<T>(props: FormDialogProps<T>): JSX.Element {
  const { title, action, isDanger, isReady = true, writing, onSubmit, onClose, children } = props;
  const { isSending } = writing;
  const close = (): void => {
    if (!isSending) onClose();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (isReady && !isSending) onSubmit();
  };
  return (
    <Dialog title={title} onClose={close}>
      <form class="form" onSubmit={submit} noValidate aria-busy={isSending}>
        {children}
        <OutcomeNotice of={writing} lost={props.lost} />
        <p class="actions end">
          <Button onPress={close} isDisabled={isSending}>
            {uiText('cancel')}
          </Button>
          <Button kind={isDanger ? 'danger' : 'primary'} type="submit" isDisabled={!isReady || isSending}>
            {isSending ? t('sending') : action}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
