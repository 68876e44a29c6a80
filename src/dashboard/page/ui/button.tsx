import type { ComponentChildren, JSX, Ref } from 'preact';
import { hrefOf, goTo } from '../address/router.js';
import { Icon, type IconName } from './icon.js';

export interface ButtonProps {
  /** One primary button a view or dialog, for its purpose; quiet ones beside content. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** Only the icon is seen; the content is its name. */
  readonly isRound?: boolean;
  readonly type?: 'button' | 'submit';
  /** It stays in the order of the Tab key, and says why in its title. */
  readonly isDisabled?: boolean;
  readonly title?: string;
  /** Set if the button turns something on and off. */
  readonly isPressed?: boolean;
  readonly onPress?: () => void;
  readonly class?: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly children: ComponentChildren;
}

export function Button(props: ButtonProps): JSX.Element {
  const { kind = 'plain', icon, isRound, type = 'button', isDisabled, title, isPressed, onPress } = props;
  const press = (event: Event): void => {
    if (isDisabled) event.preventDefault();
    else onPress?.();
  };
  return (
    <button
      ref={props.buttonRef}
      type={type}
      class={`button ${kind} ${isRound ? 'round' : ''} ${props.class ?? ''}`}
      aria-disabled={isDisabled ? 'true' : undefined}
      aria-pressed={isPressed === undefined ? undefined : isPressed}
      title={title}
      onClick={press}
    >
      {icon !== undefined && <Icon name={icon} />}
      {isRound ? <span class="sr">{props.children}</span> : props.children}
    </button>
  );
}

export interface LinkProps {
  /** A target of the router: `/modules/maps?q=a`. */
  readonly to: string;
  readonly class?: string;
  readonly title?: string;
  readonly isCurrent?: boolean;
  readonly children: ComponentChildren;
}

/** A link inside the page: it opens without loading the page again; in another tab, it works as usual. */
export function Link({ to, isCurrent, children, ...rest }: LinkProps): JSX.Element {
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a {...rest} href={hrefOf(to)} aria-current={isCurrent ? 'page' : undefined} onClick={open}>
      {children}
    </a>
  );
}
