import { createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { SCHEMA } from '../../migrations/index.js';
import { StartupError } from '../platform/config/index.js';
import { writeBackup } from '../platform/database/backup/index.js';
import { withDatabase } from './command-line.js';
import { showProgress } from './progress.js';

type Backup = Awaited<ReturnType<typeof writeBackup>>;

/** Every row of the database as of one moment, while the service goes on. */
export async function backUp(file: string): Promise<void> {
  const { takenAt, tables, rows } = await (file === '-' ? toStandardOutput() : toFile(file));
  const text = `Backed up ${rows} rows of ${tables} tables as of ${takenAt}`;
  if (file === '-') console.error(`${text}.`);
  else console.log(`${text} to ${file}.`);
}

function toStandardOutput(): Promise<Backup> {
  if (process.stdout.isTTY) {
    throw new StartupError(
      'A backup is no text: give a file, or send standard output into a program or file.',
    );
  }
  return save(process.stdout);
}

/** Under another name until it is whole and on the disk. */
async function toFile(file: string): Promise<Backup> {
  await access(file).then(
    () => {
      throw new StartupError(`${file} is there already; give another name, or delete it first.`);
    },
    () => {}, // as it should be
  );
  const draft = `${file}.part`;
  try {
    const summary = await save(createWriteStream(draft, { mode: 0o600 }));
    const handle = await open(draft, 'r');
    await handle.sync().finally(() => handle.close());
    await rename(draft, file);
    return summary;
  } catch (error) {
    await rm(draft, { force: true });
    const { code, message, path } = error as NodeJS.ErrnoException;
    if (path === undefined && code !== 'ENOSPC') throw error;
    throw new StartupError(`${file} cannot be written (${code ?? message}); give another path.`);
  }
}

async function save(target: Writable): Promise<Backup> {
  const progress = showProgress('rows');
  // As it is: a backup changes nothing, and also saves what this version would not migrate.
  return withDatabase(
    ({ ownerUrl }) => writeBackup(ownerUrl, SCHEMA, target, (rows) => progress.update('saving', rows, null)),
    { isMigrated: false },
  ).finally(() => progress.stop());
}
