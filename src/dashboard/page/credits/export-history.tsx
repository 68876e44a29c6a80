import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { HistoryQuery } from '../api/credits.js';
import { saveCsv } from '../api/download.js';
import { Refusal } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { t } from './texts.js';

/** The history of one user is small: an export that takes longer counts as failed. */
const LONGEST_EXPORT_MS = 120_000;

/** @param query of the history on the screen; null: there is none, or another one is loading */
export function ExportHistory({ query }: { readonly query: HistoryQuery | null }): JSX.Element {
  const [isRunning, setRunning] = useState(false);
  const [said, setSaid] = useState('');
  const save = async (asked: HistoryQuery): Promise<void> => {
    setRunning(true);
    setSaid(t('exporting'));
    try {
      const signal = AbortSignal.timeout(LONGEST_EXPORT_MS);
      const { name } = await saveCsv(
        'credits/history',
        { ...asked, order: 'desc' },
        null,
        signal,
        () => undefined,
      );
      setSaid(t('saved', { name }));
    } catch (error) {
      setSaid(t('exportFailed', { why: error instanceof Refusal ? error.message : t('noAnswer') }));
    } finally {
      setRunning(false);
    }
  };
  const press = (): void => {
    if (query !== null) void save(query);
  };
  return (
    <div class="history-export">
      <Button icon="download" isDisabled={query === null || isRunning} onPress={press}>
        {t('csv')}
      </Button>
      <p class="hint" role="status">
        {said}
      </p>
    </div>
  );
}
