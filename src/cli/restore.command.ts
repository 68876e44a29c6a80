import { SCHEMA } from '../../migrations/index.js';
import { restoreBackup } from '../platform/database/backup/index.js';
import { withDatabase } from './command-line.js';
import { openInput } from './input-file.js';
import { showProgress } from './progress.js';

/** Restores a file of `backup` into a database without data. */
export async function restore(file: string): Promise<void> {
  const source = await openInput(file, 'backup');
  const progress = showProgress('rows');
  const { takenAt, tables, rows } = await withDatabase(
    ({ ownerUrl, serviceUrl }) => {
      const serviceRole = decodeURIComponent(new URL(serviceUrl).username);
      return restoreBackup(source, { ownerUrl, serviceRole, schema: SCHEMA }, (done) =>
        progress.update('restoring', done, null),
      );
    },
    { isMigrated: false },
  ).finally(() => progress.stop());
  console.log(
    `Restored ${rows} rows of ${tables} tables as of ${takenAt}. Check them with: npm run cli -- verify`,
  );
}
