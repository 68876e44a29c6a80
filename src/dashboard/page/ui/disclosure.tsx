import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.js';
import { useOutside } from './outside.js';

export interface DisclosureProps {
  /** Purpose of the button, for screen readers. */
  readonly label: string;
  readonly icon: IconName;
  /** What the button shows. */
  readonly shown: ComponentChildren;
  /** A class of the panel. */
  readonly kind?: string;
  /** Drawn while the panel is open. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a panel below itself. Escape, a click elsewhere or leaving the panel with Tab closes it. */
export function Disclosure({ label, icon, shown, kind = '', children }: DisclosureProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useOutside(element, isOpen, () => setOpen(false));
  useEffect(() => {
    if (isOpen)
      element.current?.querySelector<HTMLInputElement>('.panel input')?.focus({ preventScroll: true });
  }, [isOpen]);
  const closeAndReturn = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    closeAndReturn();
  };
  const onLeave = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !element.current?.contains(relatedTarget)) setOpen(false);
  };
  // Clicking an element that is not focusable, such as the name next to a checkbox, keeps the focus in here.
  return (
    <div ref={element} class="disclosure" tabIndex={-1} onKeyDown={onKey} onFocusOut={onLeave}>
      <button
        ref={button}
        type="button"
        class="pick"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
        <span class="sr">{label}: </span>
        <span class="pick-text">{shown}</span>
        <Icon name="chevron" />
      </button>
      <div id={id} class={`panel ${kind}`} role="group" aria-label={label} hidden={!isOpen}>
        {isOpen && children(closeAndReturn)}
      </div>
    </div>
  );
}
