import type { ComponentChildren, JSX, Ref } from 'preact';

export interface ViewProps {
  readonly title: ComponentChildren;
  readonly subtitle?: ComponentChildren;
  /** Beside the title: the one or two actions of the view. */
  readonly actions?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** The frame of an area: its heading and its content. */
export function View({ title, subtitle, actions, children, ...rest }: ViewProps): JSX.Element {
  return (
    <div class={`view ${rest.class ?? ''}`}>
      <div class="view-head">
        <h1>{title}</h1>
        {subtitle !== undefined && <p class="subtitle">{subtitle}</p>}
        {actions !== undefined && <div class="view-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export interface CardProps {
  readonly title: ComponentChildren;
  /** Beside the title. */
  readonly aside?: ComponentChildren;
  /** Its name for screen readers, if it is a place to go to. */
  readonly label?: string;
  /** Whether something in it is being loaded that no `Answer` shows. */
  readonly isBusy?: boolean;
  readonly cardRef?: Ref<HTMLElement>;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Card({ title, aside, label, isBusy, cardRef, children, ...rest }: CardProps): JSX.Element {
  return (
    <section ref={cardRef} class={`card ${rest.class ?? ''}`} aria-label={label} aria-busy={isBusy}>
      <div class="card-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

export interface NoticeProps {
  readonly kind?: 'plain' | 'good' | 'bad';
  readonly children: ComponentChildren;
}

/** What became of an action; in a place where screen readers hear it. */
export function Notice({ kind = 'plain', children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
