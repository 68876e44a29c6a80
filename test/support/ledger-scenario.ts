import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, JudgedEntry } from '../../src/domain/index.js';
import { readImportFile, type ModuleLine } from './ledger-ndjson.js';

export const GOLDEN_FOLDER = join(__dirname, '../golden');

/** Users and modules of every scenario. */
const PLATFORM_FILE = join(GOLDEN_FOLDER, 'platform.ndjson');

/** A refund that an import refused. */
export interface RefusedLine {
  readonly candidate: JudgedEntry;
  readonly reason: string;
  readonly leftCredits: bigint;
}

interface Judged {
  readonly accepted: readonly JudgedEntry[];
  readonly refused: readonly RefusedLine[];
}

/** Judges one user's candidates against the recorded entries. */
export type Judge = (recorded: readonly Entry[], candidates: readonly JudgedEntry[]) => Judged;

/** A scenario after all of its imports. */
export interface Scenario {
  readonly modules: ReadonlyMap<string, ModuleLine>;
  /** The accepted entries of each user, by user id. */
  readonly ledgers: ReadonlyMap<string, readonly Entry[]>;
  /** Per import, in order. */
  readonly refused: readonly (readonly RefusedLine[])[];
}

/** The names of all scenarios. */
export function scenarioNames(): string[] {
  return readdirSync(GOLDEN_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Plays the imports of a scenario, `1.ndjson`, `2.ndjson`..., one after the other. */
export function playScenario(name: string, judge: Judge): Scenario {
  const modules = new Map<string, ModuleLine>();
  const ledgers = new Map<string, Entry[]>();
  const refused: RefusedLine[][] = [];
  for (const file of [PLATFORM_FILE, ...importFilesOf(name)]) {
    const read = readImportFile(readFileSync(file, 'utf8'), modules);
    for (const module of read.modules) modules.set(module.id, module);
    for (const { userId, entry } of read.facts) ledgers.set(userId, [...(ledgers.get(userId) ?? []), entry]);
    if (file !== PLATFORM_FILE) refused.push(judgeFile(ledgers, read.candidates, judge));
  }
  return { modules, ledgers, refused };
}

function importFilesOf(name: string): string[] {
  const folder = join(GOLDEN_FOLDER, name);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .sort()
    .map((file) => join(folder, file));
}

/** Records the accepted candidates of a file; a candidate without a target has no user and is refused. */
function judgeFile(
  ledgers: Map<string, Entry[]>,
  candidates: readonly JudgedEntry[],
  judge: Judge,
): RefusedLine[] {
  const refused: RefusedLine[] = [];
  const homeless = candidates.filter(
    (candidate) => ![...ledgers.values()].some((own) => names(own, candidate, candidates)),
  );
  refused.push(...judge([], homeless).refused);
  for (const [userId, recorded] of ledgers) {
    const outcome = judge(
      recorded,
      candidates.filter((candidate) => names(recorded, candidate, candidates)),
    );
    refused.push(...outcome.refused);
    ledgers.set(userId, [...recorded, ...outcome.accepted]);
  }
  return refused;
}

/** Whether the candidate names one of the entries; a release can name a reversal of the same file. */
function names(
  recorded: readonly Entry[],
  candidate: JudgedEntry,
  candidates: readonly JudgedEntry[],
): boolean {
  switch (candidate.type) {
    case 'refund':
      return recorded.some(({ type, id }) => type === 'deployment' && id === candidate.deploymentId);
    case 'purchaseRefund':
    case 'purchaseReversal':
      return recorded.some(({ type, id }) => type === 'purchase' && id === candidate.purchaseId);
    case 'reversalRelease':
      return [...recorded, ...candidates].some(
        (entry) =>
          entry.type === 'purchaseReversal' &&
          entry.id === candidate.reversalId &&
          names(recorded, entry, candidates),
      );
  }
}
