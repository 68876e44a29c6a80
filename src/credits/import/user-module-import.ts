import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../auth/index.js';
import { ModuleRecorder, modulesWritableBy } from '../../modules/index.js';
import type { RecordOutcome } from '../../platform/recording/index.js';
import { rolesGrantableBy, UserRecorder } from '../../users/index.js';
import type { ImportLine, ModuleLine, UserLine } from './import-line.js';
import { ImportTally } from './import-tally.js';
import { stagedRecordLine } from './staged-line.js';
import type { Staging } from './staging.js';

const LINES_PER_BATCH = 5_000;

/** Options for user and module lines. */
export interface UserModuleOptions {
  readonly update: boolean;
  readonly importer: Caller | null;
}

/** Records an import's users, then its modules, with the rules of these features. */
@Injectable()
export class UserModuleImport {
  constructor(
    private readonly users: UserRecorder,
    private readonly modules: ModuleRecorder,
  ) {}

  /** Users come before modules, because a module's partner must exist. Repeated ids come last and change nothing. */
  async record(staging: Staging, options: UserModuleOptions, manager: EntityManager): Promise<ImportTally> {
    const tally = new ImportTally();
    const writable = modulesWritableBy(options.importer);
    const rolesGrantable = rolesGrantableBy(options.importer);
    for (const repeats of [false, true]) {
      const update = options.update && !repeats;
      await recordLines(staging, 'user', repeats, tally, isUserLine, (lines) =>
        this.users.recordMany(lines, { rolesGrantable, update }, manager),
      );
    }
    for (const repeats of [false, true]) {
      const update = options.update && !repeats;
      await recordLines(staging, 'module', repeats, tally, isModuleLine, (lines) =>
        this.modules.recordMany(lines, { update, writable }, manager),
      );
    }
    return tally;
  }
}

async function recordLines<Line extends UserLine | ModuleLine>(
  staging: Staging,
  type: Line['type'],
  repeats: boolean,
  tally: ImportTally,
  isOfType: (line: ImportLine) => line is Line,
  recordMany: (lines: Line[]) => Promise<RecordOutcome[]>,
): Promise<void> {
  for await (const batch of staging.records(type, repeats, LINES_PER_BATCH)) {
    const lines = batch.map(({ record }) => stagedRecordLine(record)).filter(isOfType);
    const outcomes = await recordMany(lines);
    for (const [index, outcome] of outcomes.entries()) {
      tally.add(Number(batch[index]?.line), lines[index] as Line, outcome);
    }
  }
}

function isUserLine(line: ImportLine): line is UserLine {
  return line.type === 'user';
}

function isModuleLine(line: ImportLine): line is ModuleLine {
  return line.type === 'module';
}
