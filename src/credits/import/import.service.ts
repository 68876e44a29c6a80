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
import { PeopleImport } from './people-import.js';
import { stagedRow } from './staged-line.js';
import { Staging } from './staging.js';

/** How an import treats what it finds. */
export interface ImportOptions {
  /** All lines or none. */
  readonly atomic: boolean;
  /** User and module lines change what is there. */
  readonly update: boolean;
  /** Who imports; null: the operator of the machine, by the command line. */
  readonly importer: Caller | null;
  /** Its abort ends an import whose bytes are still being read. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told what the import came to, for the audit: in the import's own transaction where it is atomic. */
  readonly onEnd?: (ending: ImportEnding, report: ImportReport, manager: EntityManager) => Promise<void>;
}

/** How an import ended: `brokenOff` leaves behind what its report counts by then; `refused` (atomic) nothing. */
export type ImportEnding = 'recorded' | 'refused' | 'brokenOff';

/** How far an import has come. */
interface ImportProgress {
  readonly phase: 'reading' | 'recording';
  /** Lines read, or lines of entries recorded. */
  readonly done: number;
  /** Lines of entries in all; null while reading, when nobody knows how many lines come. */
  readonly total: number | null;
}

/** Held, shared, by every session that records an import: work in the background that can wait gives way to it. */
export const IMPORT_LOCK = 7_105_715;

/** Lines that go to the database together. */
const LINES_PER_BATCH = 5_000;

/**
 * Takes a file or stream of lines into the ledger, set-based: lines wait in a staging table, then users and modules
 * are recorded, then entries in chunks of users, each chunk in a transaction of its own (all in one if atomic). Memory
 * is flat; an import that breaks off can simply be run again.
 */
@Injectable()
export class ImportService {
  private readonly services: ChunkServices;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly people: PeopleImport,
    private readonly terms: JudgingTermsReader,
    reader: LedgerReader,
    projections: ProjectionWriter,
    personalTexts: PersonalTexts,
  ) {
    this.services = { reader, projections, personalTexts };
  }

  /**
   * @param bytes NDJSON in UTF-8, unpacked
   * @returns what became of the lines; with `atomic` and a refusal, nothing was recorded
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
      // Where it fails, the connection is closed, and lock and waiting room with it.
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
    // While the database takes one batch, the next is read.
    let adding = Promise.resolve();
    for await (const numbered of linesOf(bytes)) {
      lines += 1;
      const row = stagedOrRefused(numbered, options.importer, tally);
      if (row !== null) batch.push(row);
      if (lines % LINES_PER_BATCH === 0) {
        await adding;
        adding = staging.add(batch);
        adding.catch(() => {}); // told where it is awaited
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
      // The connection may be what broke, so this is written on another; what matters to the caller is the first error.
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
      // Refusals of either kind undo it, so where this is committed it is the whole report.
      await options.onEnd?.('recorded', tally.report(), runner.manager);
      return tally;
    });
    read.merge(recorded);
    if (read.refused > 0) await options.onEnd?.('refused', read.report(), runner.manager);
    return read.report();
  }

  /** @param tally gets the outcomes of each piece once it is committed */
  private async record(
    runner: QueryRunner,
    { staging, linesPerChunk, options }: Staged,
    tally: ImportTally,
  ): Promise<void> {
    const { manager } = runner;
    const unit: Unit = options.atomic ? (work) => work() : (work) => inTransaction(runner, work);
    tally.merge(await unit(() => this.people.record(staging, options, manager)));
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

/** Lines that wait to be recorded. */
interface Staged {
  readonly staging: Staging;
  /** Lines of each chunk of entries. */
  readonly linesPerChunk: readonly number[];
  /** What was refused on reading. */
  readonly read: ImportTally;
  readonly options: ImportOptions;
}

/** How much is recorded in one transaction: each piece of work on its own, or all of them in one around them. */
type Unit = <T>(work: () => Promise<T>) => Promise<T>;

/** Thrown to undo an atomic import; carries what was found. */
class LinesRefused extends Error {
  constructor(readonly tally: ImportTally) {
    super('Lines were refused.');
  }
}

/** All or nothing: a refused line, read or judged, undoes everything. */
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
    if (mayImport(line, importer)) return stagedRow(number, text, line);
    tally.refuse(number, line.type, line.id, AUTH_PROBLEMS.OWN_INTEREST, OWN_INTEREST_REASON);
    return null;
  }
  const { kind, reason, type, id } = reading.refusal;
  tally.refuse(number, type, id, kind, reason);
  return null;
}

/** A caller who earns writes no money, so no entries (docs/contract.md, "Callers"). */
function mayImport(line: ImportLine, importer: Caller | null): boolean {
  return isUserOrModule(line) || importer === null || importer.earnsAs === null;
}
