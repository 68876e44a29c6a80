/** The import of this tab: it goes on while other areas are open. */

import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { sendImport, type ImportEnd, type ImportOptions } from '../../api/imports.js';
import { session } from '../../api/session.js';

export interface ImportRun {
  readonly file: File;
  readonly options: ImportOptions;
  /** Bytes; all of them: the service is recording. */
  readonly sent: number;
  /** Null: it is under way. */
  readonly end: ImportEnd | null;
  readonly cancel: () => void;
}

const current = signal<ImportRun | null>(null);
export const importRun: ReadonlySignal<ImportRun | null> = current;

export function startImport(file: File, options: ImportOptions): void {
  const change = (part: Partial<ImportRun>): void => {
    if (current.value?.file === file) current.value = { ...current.value, ...part };
  };
  const upload = sendImport(file, options, (sent) => change({ sent }));
  current.value = { file, options, sent: 0, end: null, cancel: upload.cancel };
  addEventListener('beforeunload', warn);
  void upload.end.then((end) => {
    removeEventListener('beforeunload', warn);
    change({ end });
  });
}

/** Forgets an import that has ended. */
export function forgetImport(): void {
  current.value = null;
}

function warn(event: Event): void {
  event.preventDefault();
}

// The next person who signs in here does not see it.
effect(() => {
  if (session.value === 'signed-in') return;
  const run = current.peek();
  if (run?.end === null) run.cancel();
  current.value = null;
});
