import { createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { SCHEMA } from '../../migrations/index.js';
import { StartupError } from '../platform/config/index.js';
import { writeBackup } from '../platform/database/backup/index.js';
import { withDatabase } from './command-line.js';
import { showProgress } from './progress.js';

type Backup = Awaited<ReturnType<typeof writeBackup>>;

/** Backs up every row of the database from one snapshot while the service runs. */
export async function backUp(file: string): Promise<void> {
  const { takenAt, tables, rows } = await (file === '-' ? toStandardOutput() : toFile(file));
  const text = `Backed up ${rows} rows of ${tables} tables as of ${takenAt}`;
  if (file === '-') console.error(`${text}.`);
  else console.log(`${text} to ${file}.`);
}

function toStandardOutput(): Promise<Backup> {
  if (process.stdout.isTTY) {
    throw new StartupError(
      'A backup is not text. Give a file, or redirect standard output to a file or program.',
    );
  }
  return save(process.stdout);
}

/** Writes under another name until the file is complete and on disk. */
async function toFile(file: string): Promise<Backup> {
  await access(file).then(
    () => {
      throw new StartupError(`${file} already exists. Give another name, or delete it first.`);
    },
    () => {}, // the file does not exist, as required
  );
  const draft = `${file}.part`;
  try {
    const summary = await save(createWriteStream(draft, { mode: 0o600 }));
    const handle = await open(draft, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    return summary;
  } catch (error) {
    await rm(draft, { force: true });
    const { code, message, path } = error as NodeJS.ErrnoException;
    if (path === undefined && code !== 'ENOSPC') throw error;
    throw new StartupError(`${file} cannot be written (${code ?? message}). Give another path.`);
  }
}

async function save(target: Writable): Promise<Backup> {
  const progress = showProgress('rows');
  // Without migrating, so that a backup changes nothing and also saves a database that this version cannot migrate.
  return withDatabase(
    ({ ownerUrl }) => writeBackup(ownerUrl, SCHEMA, target, (rows) => progress.update('saving', rows, null)),
    { isMigrated: false },
  ).finally(() => progress.stop());
}
