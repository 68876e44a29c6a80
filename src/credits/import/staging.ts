import type { EntityManager } from 'typeorm';
import { copyRows, type CopyRow } from '../../platform/database/index.js';
import { TARGET_TYPES } from '../commands/entry-command.js';
import { STAGED_COLUMNS, STAGED_TABLE_COLUMNS } from './staged-line.js';

/** Staged and recorded entries of a chunk's users together, except if one user has more. */
const ENTRIES_PER_CHUNK = 5_000;

const DROP_TABLES = 'DROP TABLE IF EXISTS pg_temp.import_lines, pg_temp.import_users, pg_temp.import_entries';

/**
 * Valid lines are staged here, so that SQL can find the first line of each id, the user of each refund, and the users
 * of each chunk. The table is temporary: only its connection sees it, and it ends with the connection, so an import
 * that breaks off leaves nothing behind.
 */
const TABLES = `
  ${DROP_TABLES};
  CREATE TEMP TABLE import_lines (${STAGED_TABLE_COLUMNS}, is_repeat boolean NOT NULL DEFAULT false);
`;

const MARK_REPEATS = `
  UPDATE import_lines SET is_repeat = true
  FROM (
    SELECT line AS repeat_line, row_number() OVER (PARTITION BY type, id ORDER BY line) AS nth FROM import_lines
  ) AS numbered
  WHERE nth > 1 AND line = repeat_line
`;

const TARGET_TYPE = Object.entries(TARGET_TYPES)
  .map(([type, target]) => `WHEN '${type}' THEN '${target}'`)
  .join(' ');

/** An entry that undoes another one belongs to the user of that one, which is recorded or in this import. */
function findUsersOf(types: readonly (keyof typeof TARGET_TYPES)[]): string {
  return `
  WITH undoing AS (
    SELECT line, CASE type ${TARGET_TYPE} END AS target_type, refunded_id AS target_id
    FROM import_lines
    WHERE type IN ('${types.join("', '")}')
  )
  UPDATE import_lines SET user_id = COALESCE(recorded.user_id, staged.user_id)
  FROM undoing
    LEFT JOIN credit_entries AS recorded ON recorded.type = target_type AND recorded.id = target_id
    LEFT JOIN import_lines AS staged ON staged.type = target_type AND staged.id = target_id AND NOT staged.is_repeat
  WHERE import_lines.line = undoing.line
`;
}

/** Releases come last, because their users are those of reversals. */
const FIND_USERS = [
  findUsersOf(['refund', 'purchaseRefund', 'purchaseReversal']),
  findUsersOf(['reversalRelease']),
];

const MAKE_CHUNKS = `
  CREATE TEMP TABLE import_users AS
  SELECT user_id, lines, ((sum(entries) OVER (ORDER BY user_id) - entries) / ${ENTRIES_PER_CHUNK})::bigint AS chunk
  FROM (
    SELECT staged.user_id, staged.lines, staged.lines + COALESCE(account.entries, 0) AS entries
    FROM (
      SELECT user_id, count(*) AS lines
      FROM import_lines
      WHERE type NOT IN ('user', 'module') AND NOT is_repeat AND user_id IS NOT NULL
      GROUP BY user_id
    ) AS staged
    LEFT JOIN credit_accounts AS account ON account.user_id = staged.user_id
  ) AS touched;
  CREATE INDEX import_users_by_chunk ON import_users (chunk);
  ANALYZE import_users;
`;

/** Stores the lines of a chunk next to each other, so that reading a chunk needs few blocks of the table. */
const SORT_INTO_CHUNKS = `
  CREATE TEMP TABLE import_entries AS
  SELECT users.chunk, staged.*
  FROM import_lines AS staged JOIN import_users AS users ON users.user_id = staged.user_id
  WHERE staged.type NOT IN ('user', 'module') AND NOT staged.is_repeat
  ORDER BY users.chunk, staged.line;
  CREATE INDEX import_entries_by_chunk ON import_entries (chunk, line);
  ANALYZE import_entries;
`;

/** A staged line of a user or module, with its text. */
export interface StagedRecord {
  readonly line: string;
  readonly record: string;
}

/** The staging tables of an import, on one connection. */
export class Staging {
  constructor(private readonly manager: EntityManager) {}

  /** Creates empty tables, and drops those of an import that broke off on this connection. */
  async open(): Promise<void> {
    await this.manager.query(TABLES);
  }

  /** Adds lines. */
  async add(rows: readonly CopyRow[]): Promise<void> {
    await copyRows(this.manager, 'import_lines', STAGED_COLUMNS, rows);
  }

  /**
   * Finds repeated ids, the users of refunds and the chunks. Must be called once, after all lines were added.
   *
   * @returns the number of lines of each chunk, by the chunk's number
   */
  async arrange(): Promise<number[]> {
    await this.manager.query('ANALYZE import_lines');
    await this.manager.query(MARK_REPEATS);
    for (const statement of FIND_USERS) await this.manager.query(statement);
    await this.manager.query(MAKE_CHUNKS);
    await this.manager.query(SORT_INTO_CHUNKS);
    const chunks = await this.manager.query<{ chunk: string; lines: string }[]>(
      'SELECT chunk, sum(lines) AS lines FROM import_users GROUP BY chunk ORDER BY chunk',
    );
    const sizes = new Array<number>(Number(chunks.at(-1)?.chunk ?? -1) + 1).fill(0);
    for (const { chunk, lines } of chunks) sizes[Number(chunk)] = Number(lines);
    return sizes;
  }

  /** Returns lines of users or modules in the order of the file: the first of each id, or the repeated ones. */
  async *records(
    type: 'user' | 'module',
    repeats: boolean,
    batchSize: number,
  ): AsyncGenerator<StagedRecord[]> {
    let after = '0';
    for (;;) {
      const batch = await this.manager.query<StagedRecord[]>(
        `SELECT line, record FROM import_lines
         WHERE type = $1 AND is_repeat = $2 AND line > $3 ORDER BY line LIMIT $4`,
        [type, repeats, after, batchSize],
      );
      const last = batch.at(-1);
      if (last === undefined) return;
      yield batch;
      after = last.line;
    }
  }

  /** Drops the tables before the connection returns to the pool. */
  async close(): Promise<void> {
    await this.manager.query(DROP_TABLES);
  }
}
