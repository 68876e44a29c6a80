import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.js';
import { useOutside } from './outside.js';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly isDanger?: boolean;
  readonly onChoose: () => void;
}

export interface MenuProps {
  /** The name of the button: "Actions of Maps". */
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Without: three dots. */
  readonly children?: ComponentChildren;
}

/** A button with a menu of actions: arrow keys move, Escape closes. */
export function Menu({ label, items, children }: MenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const choices = (): HTMLElement[] => [
    ...(element.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];
  useOutside(element, isOpen, () => setOpen(false));
  useEffect(() => {
    if (isOpen) choices()[0]?.focus();
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    const all = choices();
    const now = all.indexOf(document.activeElement as HTMLElement);
    const targets: Record<string, number> = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) all[(target + all.length) % all.length]?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  };
  const choose = ({ onChoose }: MenuItem): void => {
    close();
    onChoose();
  };
  return (
    <div ref={element} class="disclosure menu" onKeyDown={onKey}>
      <button
        ref={button}
        type="button"
        class="button quiet"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span class="sr">{label}</span>
        {children ?? <Icon name="more" />}
      </button>
      <div id={id} class="panel end" role="menu" aria-label={label} hidden={!isOpen}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={`option ${item.isDanger ? 'danger' : ''}`}
            onClick={() => choose(item)}
          >
            {item.icon !== undefined && <Icon name={item.icon} />}
            {item.label}
          </button>
        ))}
      </div>
    </div>
  );
}
