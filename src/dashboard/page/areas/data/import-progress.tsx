import type { JSX } from 'preact';
import { fileSize } from '../../exact/format.js';
import { Button } from '../../ui/button.js';
import type { ImportRun } from './import-run.js';
import { t } from './texts.js';

/** How much was sent; then that the service is recording, which has no measure. */
export function ImportProgress({ run }: { readonly run: ImportRun }): JSX.Element {
  const { file, sent, cancel } = run;
  const isSent = sent >= file.size;
  return (
    <div class="import-progress">
      <progress
        aria-label={t('progress', { name: file.name })}
        {...(isSent ? {} : { value: sent, max: file.size })}
      />
      <p role="status">
        {isSent ? t('recording') : t('sent', { sent: fileSize(sent), all: fileSize(file.size) })}
      </p>
      {!isSent && (
        <p class="actions end">
          <Button onPress={cancel}>{t('cancel')}</Button>
        </p>
      )}
    </div>
  );
}
