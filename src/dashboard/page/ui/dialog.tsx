import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './button.js';
import { t } from './texts.js';

export interface DialogProps {
  readonly title: ComponentChildren;
  /** Escape, a click beside it, and its closing button. The caller then leaves it out. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/**
 * A modal dialog while it is drawn. It takes the focus, keeps it, and gives it back to the element that had it.
 * The browser does this for `dialog`.
 */
function Modal(props: DialogProps & { readonly kind: 'confirm' | 'drawer' }): JSX.Element {
  const { kind, title, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    if (kind === 'drawer') dialog.current?.querySelector('h2')?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose();
  };
  const closer = (
    <Button kind="quiet" icon="close" isRound onPress={onClose}>
      {t('close')}
    </Button>
  );
  return (
    <dialog
      ref={dialog}
      class={kind}
      aria-labelledby={id}
      onCancel={cancel}
      onClick={({ target }) => {
        if (target === dialog.current && kind === 'drawer') onClose();
      }}
    >
      <div class={`${kind}-head`}>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        {kind === 'drawer' && closer}
      </div>
      <div class={`${kind}-body`}>{children}</div>
    </dialog>
  );
}

/** Over the view: for a decision, or a form of a few fields. */
export function Dialog(props: DialogProps): JSX.Element {
  return <Modal {...props} kind="confirm" />;
}

/** At the side: details of what is on the view, with an address of their own. */
export function Drawer(props: DialogProps): JSX.Element {
  return <Modal {...props} kind="drawer" />;
}

export interface ConfirmDialogProps {
  readonly title: string;
  /** What happens, and to whom. */
  readonly text: ComponentChildren;
  /** The name of the button, a verb: "Change the share". */
  readonly action: string;
  readonly isDanger?: boolean;
  readonly onAnswer: (isConfirmed: boolean) => void;
}

/** Asks for confirmation of a change that affects others. */
export function ConfirmDialog(props: ConfirmDialogProps): JSX.Element {
  const { title, text, action, isDanger, onAnswer } = props;
  return (
    <Dialog title={title} onClose={() => onAnswer(false)}>
      <p>{text}</p>
      <p class="actions end">
        <Button onPress={() => onAnswer(false)}>{t('cancel')}</Button>
        <Button kind={isDanger ? 'danger' : 'primary'} onPress={() => onAnswer(true)}>
          {action}
        </Button>
      </p>
    </Dialog>
  );
}
