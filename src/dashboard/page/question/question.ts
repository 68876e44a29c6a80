/**
 * One question to the service and its answer. What is shown, exported, printed and linked comes from the same
 * `Asked`, so it always belongs to one question, however late, lost or reordered the answers are.
 */

import { batch, computed, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { isAborted, Unreachable } from '../api/problem.js';

/** After this time the page says that loading continues. */
const SLOW_MS = 3_000;

/** Requests wait until the user stops typing. */
const TYPING_MS = 200;

/** An answer together with the question that it answers. */
export interface Asked<Q, A> {
  readonly question: Q;
  readonly answer: A;
}

export interface Question<Q, A> {
  /** The answer on the screen. While a new question is loading, it is still that of the question before. */
  readonly shown: ReadonlySignal<Asked<Q, A> | null>;
  /** The answer to the question that is asked now; null while it is loading or failed. Actions use only this. */
  readonly settled: ReadonlySignal<Asked<Q, A> | null>;
  readonly isLoading: ReadonlySignal<boolean>;
  /** Whether loading takes long. */
  readonly isSlow: ReadonlySignal<boolean>;
  /** Why the question that is asked now has no answer; null: it has, or it is loading. */
  readonly error: ReadonlySignal<unknown>;
  /** Asks the same question again. */
  readonly again: () => void;
  /** Replaces the answer to the question that is asked now: after a write, or with more rows. */
  readonly amend: (change: (answer: A) => A) => void;
}

type Answerer<Q, A> = (question: Q, signal: AbortSignal) => Promise<A>;

interface Asking<Q, A> extends Question<Q, A> {
  readonly ask: (question: Q | null, answer: Answerer<Q, A>, wait_ms?: number) => void;
  readonly stop: () => void;
}

/**
 * Asks a question, and again whenever it is another one. Null asks nothing and forgets the answer.
 *
 * @param typed the part of the question that the user types. From the first letter on, the question counts as
 *   loading, so that no answer to an earlier text can be acted on; its request is sent after the last letter.
 *
 * @example
 * const modules = useQuestion({ q, mine }, (query, signal) =>
 *   answerOf(api.GET('/api/modules', { params: { query }, signal })));
 */
export function useQuestion<Q, A>(question: Q | null, answer: Answerer<Q, A>, typed = ''): Question<Q, A> {
  const asking = useMemo(() => createQuestion<Q, A>(question !== null), []);
  const before = useRef({ isAsked: false, typed });
  const key = JSON.stringify(question);
  useLayoutEffect(() => {
    const isTyped = before.current.isAsked && before.current.typed !== typed;
    before.current = { isAsked: question !== null, typed };
    asking.ask(question, answer, isTyped ? TYPING_MS : 0);
  }, [key]);
  useEffect(() => {
    const goOn = (): void => {
      if (untracked(() => asking.error.value) instanceof Unreachable) asking.again();
    };
    addEventListener('online', goOn);
    return () => {
      removeEventListener('online', goOn);
      asking.stop();
    };
  }, [asking]);
  return asking;
}

/** @param isAsked whether a question follows at once, so that it counts as loading */
function createQuestion<Q, A>(isAsked: boolean): Asking<Q, A> {
  const shown = signal<Asked<Q, A> | null>(null);
  const state = signal<'idle' | 'loading' | 'settled' | 'failed'>(isAsked ? 'loading' : 'idle');
  const error = signal<unknown>(null);
  const isSlow = signal(false);
  let again = (): void => undefined;
  let controller = new AbortController();
  let slow: ReturnType<typeof setTimeout> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    controller.abort();
    clearTimeout(waiting);
    clearTimeout(slow);
  };
  const end = (result: () => void): void => {
    clearTimeout(slow);
    batch(() => {
      isSlow.value = false;
      result();
    });
  };
  const ask = (question: Q | null, answer: Answerer<Q, A>, wait_ms = 0): void => {
    stop();
    again = () => ask(question, answer);
    batch(() => {
      isSlow.value = false;
      error.value = null;
      state.value = question === null ? 'idle' : 'loading';
      if (question === null) shown.value = null;
    });
    if (question === null) return;
    if (wait_ms === 0) send(question, answer);
    else waiting = setTimeout(() => send(question, answer), wait_ms);
  };
  const send = (question: Q, answer: Answerer<Q, A>): void => {
    controller = new AbortController();
    const { signal: wanted } = controller;
    slow = setTimeout(() => (isSlow.value = true), SLOW_MS);
    answer(question, wanted).then(
      (result) => {
        if (wanted.aborted) return;
        end(() => {
          shown.value = { question, answer: result };
          state.value = 'settled';
        });
      },
      (reason: unknown) => {
        if (wanted.aborted || isAborted(reason)) return;
        end(() => {
          error.value = reason;
          state.value = 'failed';
        });
      },
    );
  };
  return {
    shown,
    settled: computed(() => (state.value === 'settled' ? shown.value : null)),
    isLoading: computed(() => state.value === 'loading'),
    isSlow,
    error,
    ask,
    stop,
    again: () => again(),
    amend(change) {
      const now = shown.value;
      if (state.value === 'settled' && now !== null) shown.value = { ...now, answer: change(now.answer) };
    },
  };
}
