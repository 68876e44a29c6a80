/** A write of a view: what is sent, what became of it, and the next attempt if that is not known. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { write, type Outcome } from '../api/write.js';

type SendIt<T> = Parameters<typeof write<T>>[0];

export interface Writing<T> {
  readonly isSending: boolean;
  /** Null: nothing was sent, or it is being sent. */
  readonly outcome: Outcome<T> | null;
  readonly send: (sendIt: SendIt<T>) => void;
  /** Asks once more what became of a write whose answer was lost. */
  readonly askAgain: () => void;
}

/** @param onEnd called with what became of each attempt */
export function useWriting<T>(onEnd: (outcome: Outcome<T>) => void): Writing<T> {
  const [isSending, setSending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<T> | null>(null);
  const isDrawn = useRef(true);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => () => void (isDrawn.current = false), []);
  const settle = (attempt: Promise<Outcome<T>>): void => {
    setSending(true);
    setOutcome(null);
    void attempt.then((result) => {
      if (!isDrawn.current) return;
      setSending(false);
      setOutcome(result);
      end.current(result);
    });
  };
  return {
    isSending,
    outcome,
    send: (sendIt) => settle(write(sendIt)),
    askAgain: () => {
      if (outcome?.kind === 'unknown') settle(outcome.again());
    },
  };
}

/** What the service says about a field of a refused write; undefined: nothing. */
export function refusedField<T>({ outcome }: Writing<T>, field: string): string | undefined {
  if (outcome?.kind !== 'refused') return undefined;
  return outcome.refusal.errors.find((error) => error.field === field)?.message;
}
