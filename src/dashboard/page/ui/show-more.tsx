import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Question } from '../question/question.js';
import { Button } from './button.js';
import { t as uiText } from './texts.js';
import { t } from './writing-texts.js';

/** A page of a list of the API. */
export interface ListPage<R> {
  readonly data: readonly R[];
  readonly page: { readonly nextCursor: string | null };
}

export interface ShowMoreProps<Q, A extends ListPage<unknown>> {
  readonly of: Question<Q, A>;
  readonly read: (question: Q, cursor: string) => Promise<A>;
}

/** Below a list: how many rows are shown, and a button that adds the next page. The focus stays here. */
export function ShowMore<Q, A extends ListPage<unknown>>({ of, read }: ShowMoreProps<Q, A>): JSX.Element {
  const shown = of.settled.value;
  const [isReading, setReading] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const count = useRef<HTMLParagraphElement>(null);
  const latest = useRef(shown);
  latest.current = shown;
  const cursor = shown?.answer.page.nextCursor ?? null;
  useEffect(() => setFailed(false), [shown?.question]);
  const more = async (): Promise<void> => {
    if (shown === null || cursor === null || isReading) return;
    setReading(true);
    setFailed(false);
    try {
      const next = await read(shown.question, cursor);
      // Another question was asked meanwhile: these rows are not part of its answer.
      if (latest.current?.question !== shown.question) return;
      of.amend((answer) => ({ ...next, data: [...answer.data, ...next.data] }));
      if (next.page.nextCursor === null) count.current?.focus();
    } catch {
      setFailed(true);
    } finally {
      setReading(false);
    }
  };
  const rows = shown?.answer.data.length ?? 0;
  return (
    <div class="show-more" aria-busy={isReading}>
      <p class="hint" role="status" tabIndex={-1} ref={count}>
        {shown !== null && t(cursor === null ? 'allShown' : 'someShown', { count: rows })}
      </p>
      {hasFailed && (
        <p class="form-error" role="alert">
          {uiText('listFailed')}
        </p>
      )}
      {cursor !== null && (
        <Button onPress={() => void more()} isDisabled={isReading}>
          {t('showMore')}
        </Button>
      )}
    </div>
  );
}
