import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from './button.js';
import { t } from './texts.js';

/** How long a message stays, unless the pointer or the focus is on it. */
const SHOWN_MS = 8_000;

interface Message {
  readonly id: number;
  readonly text: string;
  readonly kind: 'good' | 'bad';
}

const messages = signal<readonly Message[]>([]);
const timers = new Map<number, ReturnType<typeof setTimeout>>();
let ids = 0;

/** Says in passing that something is done. What must not be missed is on the view instead. */
export function toast(text: string, kind: Message['kind'] = 'good'): void {
  const message = { id: (ids += 1), text, kind };
  messages.value = [...messages.value, message];
  leaveSoon(message.id);
}

function leaveSoon(id: number): void {
  timers.set(
    id,
    setTimeout(() => dismiss(id), SHOWN_MS),
  );
}

function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  messages.value = messages.value.filter((message) => message.id !== id);
}

/** The place of all messages; once, in the shell. */
export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status">
      {messages.value.map(({ id, text, kind }) => (
        <div
          key={id}
          class={`toast ${kind}`}
          onPointerEnter={() => clearTimeout(timers.get(id))}
          onPointerLeave={() => leaveSoon(id)}
          onFocusIn={() => clearTimeout(timers.get(id))}
          onFocusOut={() => leaveSoon(id)}
        >
          {text}
          <Button kind="quiet" icon="close" isRound onPress={() => dismiss(id)}>
            {t('dismiss')}
          </Button>
        </div>
      ))}
    </div>
  );
}
