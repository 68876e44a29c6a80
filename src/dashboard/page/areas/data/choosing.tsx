import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ImportOptions } from '../../api/imports.js';
import { fileSize } from '../../exact/format.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/view.js';
import { t } from './texts.js';

export interface ChoosingProps {
  readonly onStart: (file: File, options: ImportOptions) => void;
}

/** A file, dropped or chosen, and how its lines count. */
export function Choosing({ onStart }: ChoosingProps): JSX.Element {
  const [file, setFile] = useState<File | null>(null);
  const [hasMore, setMore] = useState(false);
  const [options, setOptions] = useState<ImportOptions>({ atomic: false, update: false });
  const take = (files: FileList | null | undefined): void => {
    const first = files?.[0];
    if (first === undefined) return;
    setFile(first);
    setMore((files?.length ?? 0) > 1);
  };
  const isEmpty = file?.size === 0;
  return (
    <section class="card import">
      <DropField file={file} onFiles={take} />
      {hasMore && <Notice>{t('oneFile')}</Notice>}
      {isEmpty && <Notice kind="bad">{t('empty')}</Notice>}
      <div class="import-options">
        <Option
          isChecked={options.atomic}
          onChange={(atomic) => setOptions({ ...options, atomic })}
          label={t('atomic')}
          hint={t('atomicHint')}
        />
        <Option
          isChecked={options.update}
          onChange={(update) => setOptions({ ...options, update })}
          label={t('update')}
          hint={t('updateHint')}
        />
      </div>
      {file !== null && (
        <p class="actions end">
          <Button kind="primary" icon="upload" isDisabled={isEmpty} onPress={() => onStart(file, options)}>
            {t('send')}
          </Button>
        </p>
      )}
    </section>
  );
}

interface OptionProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly label: string;
  readonly hint: string;
}

function Option({ isChecked, onChange, label, hint }: OptionProps): JSX.Element {
  return (
    <Checkbox isChecked={isChecked} onChange={onChange}>
      {label}
      <small class="option-hint">{hint}</small>
    </Checkbox>
  );
}

interface DropFieldProps {
  readonly file: File | null;
  readonly onFiles: (files: FileList | null | undefined) => void;
}

function DropField({ file, onFiles }: DropFieldProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  // A file that misses the field would replace the page by its content, so the whole window takes it.
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      take.current(event.dataTransfer?.files);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return (
    <div class={`drop ${isOver ? 'over' : ''}`}>
      <Icon name="upload" />
      {file === null ? (
        <>
          <h2>{t(isOver ? 'dropNow' : 'drop')}</h2>
          <p class="hint">{t('dropHint')}</p>
        </>
      ) : (
        <>
          <h2 class="file-name">
            <bdi>{file.name}</bdi>
          </h2>
          <p class="hint">{fileSize(file.size)}</p>
        </>
      )}
      <Button onPress={() => input.current?.click()}>{t(file === null ? 'choose' : 'chooseOther')}</Button>
      <input
        ref={input}
        class="sr"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        accept=".ndjson,.jsonl,.json,.txt,.gz"
        onChange={({ currentTarget }) => {
          onFiles(currentTarget.files);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
