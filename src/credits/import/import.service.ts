import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { AUTH_PROBLEMS, OWN_INTEREST_REASON, type Caller } from '../../auth/index.js';
import { inTransaction, withoutTimeLimits, type CopyRow } from '../../platform/database/index.js';
import { PersonalTexts } from '../../users/index.js';
import { IMPORT_PROBLEMS } from '../credits.problems.js';
import { LedgerReader } from '../ledger/ledger-reader.js';
import { ProjectionWriter } from '../accounts/projection-writer.js';
import { recordChunk, type ChunkServices } from './entry-chunk.js';
import { isUserOrModule, readImportLine, type ImportLine } from './import-line.js';
import { ImportTally, type ImportReport } from './import-tally.js';
import { judgeLeftovers } from './judge-leftovers.js';
import { JudgingTermsReader } from '../commands/judging-terms.js';
import { linesOf, MAX_LINE_BYTES, type NumberedLine } from './ndjson.js';
import { UserModuleImport } from './user-module-import.js';
import { stagedRow } from './staged-line.js';
import { Staging } from './staging.js';

/** Options of an import. */
export interface ImportOptions {
  /** All lines or none. */
  readonly atomic: boolean;
  /** Whether user and module lines can change existing records. */
  readonly update: boolean;
  /** The caller; null for the operator at the command line. */
  readonly importer: Caller | null;
  /** Aborting it ends an import while its bytes are read. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Called at the end with the result, for the audit; in the import's own transaction if it is atomic. */
  readonly onEnd?: (ending: ImportEnding, report: ImportReport, manager: EntityManager) => Promise<void>;
}

/** How an import ended. After `brokenOff`, the lines counted in its report are recorded; after `refused`, none are. */
export type ImportEnding = 'recorded' | 'refused' | 'brokenOff';

/** The progress of an import. */
interface ImportProgress {
  readonly phase: 'reading' | 'recording';
  /** Number of lines that were read, or of entry lines that were recorded. */
  readonly done: number;
  /** Number of all entry lines; null while reading, when it is not yet known. */
  readonly total: number | null;
}

/** Advisory lock that imports take in shared mode while they record. Background work pauses meanwhile. */
export const IMPORT_LOCK = 7_105_715;

/** Lines per batch that is sent to the database. */
const LINES_PER_BATCH = 5_000;

/**
 * Imports a file or stream of lines. All lines are first written to a staging table. Then users and modules are
 * recorded, then entries in chunks of users; each chunk has its own transaction, or all have one if the import is
 * atomic. Memory is constant. An import that broke off can be run again.
 */
@Injectable()
export class ImportService {
  private readonly services: ChunkServices;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly usersAndModules: UserModuleImport,
    private readonly terms: JudgingTermsReader,
    reader: LedgerReader,
    projections: ProjectionWriter,
    personalTexts: PersonalTexts,
  ) {
    this.services = { reader, projections, personalTexts };
  }

  /**
   * @param bytes uncompressed NDJSON in UTF-8
   * @returns the outcomes of the lines; with `atomic`, nothing was recorded if a line was refused
   */
  async import(bytes: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<ImportReport> {
    const work = async (runner: QueryRunner): Promise<ImportReport> => {
      const staging = new Staging(runner.manager);
      await staging.open();
      const read = await this.stage(bytes, staging, options);
      await runner.query('SELECT pg_advisory_lock_shared($1)', [IMPORT_LOCK]);
      const staged = { staging, linesPerChunk: await staging.arrange(), read, options };
      const report = await (options.atomic
        ? this.recordAtOnce(runner, staged)
        : this.recordInChunks(runner, staged));
      // After an error the connection is closed, which frees the lock and the staging tables.
      await runner.query('SELECT pg_advisory_unlock_shared($1)', [IMPORT_LOCK]);
      await staging.close();
      return report;
    };
    return withoutTimeLimits(this.dataSource, work, options.signal);
  }

  private async stage(
    bytes: AsyncIterable<Uint8Array>,
    staging: Staging,
    options: ImportOptions,
  ): Promise<ImportTally> {
    const tally = new ImportTally();
    let batch: CopyRow[] = [];
    let lines = 0;
    // While the database stores one batch, the next one is read.
    let adding = Promise.resolve();
    for await (const numbered of linesOf(bytes)) {
      lines += 1;
      const row = stagedOrRefused(numbered, options.importer, tally);
      if (row !== null) batch.push(row);
      if (lines % LINES_PER_BATCH === 0) {
        await adding;
        adding = staging.add(batch);
        adding.catch(() => {}); // the next `await adding` throws the error
        batch = [];
        options.onProgress?.({ phase: 'reading', done: lines, total: null });
      }
    }
    await adding;
    await staging.add(batch);
    options.onProgress?.({ phase: 'reading', done: lines, total: null });
    return tally;
  }

  private async recordInChunks(runner: QueryRunner, staged: Staged): Promise<ImportReport> {
    const { read: tally, options } = staged;
    try {
      await this.record(runner, staged, tally);
    } catch (error) {
      // The connection can be broken, so another one is used. The caller gets the first error.
      await options.onEnd?.('brokenOff', tally.report(), this.dataSource.manager).catch(() => {});
      throw error;
    }
    await options.onEnd?.('recorded', tally.report(), runner.manager);
    return tally.report();
  }

  private async recordAtOnce(runner: QueryRunner, staged: Staged): Promise<ImportReport> {
    const { read, options } = staged;
    const recorded = await allOrNothing(runner, read, async () => {
      const tally = new ImportTally();
      await this.record(runner, staged, tally);
      // Any refusal rolls this back, so a committed report is complete.
      await options.onEnd?.('recorded', tally.report(), runner.manager);
      return tally;
    });
    read.merge(recorded);
    if (read.refused > 0) await options.onEnd?.('refused', read.report(), runner.manager);
    return read.report();
  }

  /** @param tally gets the outcomes of each unit of work after its commit */
  private async record(
    runner: QueryRunner,
    { staging, linesPerChunk, options }: Staged,
    tally: ImportTally,
  ): Promise<void> {
    const { manager } = runner;
    const unit: Unit = options.atomic ? (work) => work() : (work) => inTransaction(runner, work);
    tally.merge(await unit(() => this.usersAndModules.record(staging, options, manager)));
    const terms = await this.terms.read(options.importer, manager);
    const total = linesPerChunk.reduce((sum, lines) => sum + lines, 0);
    let done = 0;
    for (const [chunk, lines] of linesPerChunk.entries()) {
      tally.merge(await unit(() => recordChunk(chunk, terms, this.services, manager)));
      done += lines;
      options.onProgress?.({ phase: 'recording', done, total });
    }
    tally.merge(await judgeLeftovers(manager));
  }
}

/** The staged lines of an import. */
interface Staged {
  readonly staging: Staging;
  /** Number of lines in each chunk of entries. */
  readonly linesPerChunk: readonly number[];
  /** Lines that were refused while they were read. */
  readonly read: ImportTally;
  readonly options: ImportOptions;
}

/** Runs one unit of work: in a transaction of its own, or in the transaction of the whole import if it is atomic. */
type Unit = <T>(work: () => Promise<T>) => Promise<T>;

/** Thrown to roll back an atomic import; contains the outcomes. */
class LinesRefused extends Error {
  constructor(readonly tally: ImportTally) {
    super('Lines were refused.');
  }
}

/** Records in one transaction, which is rolled back if any line was refused. */
async function allOrNothing(
  runner: QueryRunner,
  read: ImportTally,
  record: () => Promise<ImportTally>,
): Promise<ImportTally> {
  try {
    return await inTransaction(runner, async () => {
      const recorded = await record();
      if (read.refused + recorded.refused > 0) throw new LinesRefused(recorded);
      return recorded;
    });
  } catch (error) {
    if (error instanceof LinesRefused) return error.tally;
    throw error;
  }
}

function stagedOrRefused(
  numbered: NumberedLine,
  importer: Caller | null,
  tally: ImportTally,
): CopyRow | null {
  const { number, text, complaint } = numbered;
  if (text === null) {
    const isTooLong = complaint === 'tooLong';
    const reason = isTooLong ? `the line has more than ${MAX_LINE_BYTES} bytes` : 'the line is not UTF-8';
    tally.refuse(
      number,
      null,
      null,
      isTooLong ? IMPORT_PROBLEMS.LINE_TOO_LONG : IMPORT_PROBLEMS.NOT_JSON,
      reason,
    );
    return null;
  }
  const reading = readImportLine(text);
  if ('line' in reading) {
    const { line } = reading;
    if (canImport(line, importer)) return stagedRow(number, text, line);
    tally.refuse(number, line.type, line.id, AUTH_PROBLEMS.OWN_INTEREST, OWN_INTEREST_REASON);
    return null;
  }
  const { kind, reason, type, id } = reading.refusal;
  tally.refuse(number, type, id, kind, reason);
  return null;
}

/** Callers who receive revenue cannot record money, so they cannot import entries (docs/contract.md, "Callers"). */
function canImport(line: ImportLine, importer: Caller | null): boolean {
  return isUserOrModule(line) || importer === null || importer.earnsAs === null;
}
