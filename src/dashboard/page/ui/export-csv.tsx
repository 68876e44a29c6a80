import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { saveCsv } from '../api/download.js';
import { Refusal } from '../api/problem.js';
import { Button } from './button.js';
import { t } from './writing-texts.js';

/** An export that takes longer counts as failed. */
const LONGEST_EXPORT_MS = 600_000;

export interface ExportCsvProps {
  /** Below `/api/`. */
  readonly path: string;
  /** Of what is on the screen; null: there is nothing, or another question is loading. */
  readonly query: Query | null;
}

/** Saves a list of the API as CSV, and says what became of it. */
export function ExportCsv({ path, query }: ExportCsvProps): JSX.Element {
  const [isRunning, setRunning] = useState(false);
  const [said, setSaid] = useState('');
  const save = async (asked: Query): Promise<void> => {
    setRunning(true);
    setSaid(t('exporting'));
    try {
      const signal = AbortSignal.timeout(LONGEST_EXPORT_MS);
      const { name } = await saveCsv(path, asked, null, signal, () => undefined);
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
