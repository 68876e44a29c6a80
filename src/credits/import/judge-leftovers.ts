import type { EntityManager } from 'typeorm';
import { refused, type RecordOutcome } from '../../platform/recording/index.js';
import { IMPORT_PROBLEMS } from '../credits.problems.js';
import { entrySelectList } from '../ledger/entry-columns.js';
import { isJudgedCommand, type EntryCommand } from '../commands/entry-command.js';
import { ImportTally } from './import-tally.js';
import { outcomeOfRecorded, unknownTarget } from '../commands/refusals.js';
import {
  RECORDED_PREFIX,
  recordedOf,
  STAGED_ENTRY_COLUMNS,
  stagedCommand,
  type RecordedColumns,
  type StagedEntryRow,
} from './staged-line.js';

const LINES_PER_BATCH = 5_000;

type LeftoverRow = RecordedColumns & StagedEntryRow & { readonly isRepeat: boolean };

/**
 * Judges the lines that are in no chunk, after all chunks are recorded. These are lines with the id of an earlier line
 * (docs/contract.md: "The first of several lines with one id wins"), and refunds of unknown deployments or purchases.
 */
export async function judgeLeftovers(manager: EntityManager): Promise<ImportTally> {
  const tally = new ImportTally();
  let after = '0';
  for (;;) {
    const batch = await manager.query<LeftoverRow[]>(
      `SELECT ${STAGED_ENTRY_COLUMNS}, staged.is_repeat AS "isRepeat",
              ${entrySelectList('recorded', RECORDED_PREFIX).join(', ')}
       FROM import_lines AS staged
         LEFT JOIN credit_entries AS recorded ON recorded.type = staged.type AND recorded.id = staged.id
       WHERE (staged.is_repeat OR staged.user_id IS NULL) AND staged.type NOT IN ('user', 'module')
         AND staged.line > $1
       ORDER BY staged.line LIMIT $2`,
      [after, LINES_PER_BATCH],
    );
    for (const row of batch) {
      const command = stagedCommand(row);
      tally.add(Number(row.line), command, outcomeOf(command, row));
    }
    const last = batch.at(-1);
    if (last === undefined) return tally;
    after = last.line;
  }
}

function outcomeOf(command: EntryCommand, row: LeftoverRow): RecordOutcome {
  const recorded = recordedOf(row);
  if (recorded !== null) return outcomeOfRecorded(command, recorded);
  if (!row.isRepeat && isJudgedCommand(command)) return unknownTarget(command);
  return refused(
    IMPORT_PROBLEMS.FIRST_REFUSED,
    `an earlier line with ${command.type} ${command.id} was refused; correct that line`,
  );
}
