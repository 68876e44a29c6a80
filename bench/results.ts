import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Size } from './dataset/shape.js';
import { FIGURE_KEYS, judged, type FigureKey, type Figures, type JudgedFigure } from './goals.js';
import type { MachineFacts } from './machine.js';

/** A figure of a file of results. Its value is null where the machine could not measure it. */
export interface RecordedFigure extends Omit<JudgedFigure, 'value'> {
  readonly value: number | null;
  readonly measuredAt: string;
  readonly commit: string;
}

/** A file of results: figures of several runs, and the last run. */
export interface RecordedResults extends Partial<Record<FigureKey, RecordedFigure>> {
  readonly run: { readonly machine: MachineFacts; readonly deployments: number; readonly seed: number };
}

const fileOf = (folder: string, size: Size): string => join(folder, `${size}.json`);

/** The results of a size; null where none are recorded. */
export function readResults(folder: string, size: Size): RecordedResults | null {
  const file = fileOf(folder, size);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RecordedResults) : null;
}

/** Adds figures to the file of a size, in place of older ones of the same keys. */
export function recordResults(
  folder: string,
  size: Size,
  run: RecordedResults['run'],
  figures: Figures,
): void {
  const before = readResults(folder, size);
  const { measuredAt, commit } = run.machine;
  const after: Record<string, unknown> = { run };
  for (const key of FIGURE_KEYS) {
    const figure = figures[key];
    const recorded = figure === undefined ? before?.[key] : { ...judged(key, figure), measuredAt, commit };
    if (recorded !== undefined) after[key] = recorded;
  }
  writeJson(fileOf(folder, size), after);
}

/** Writes a file of results as the repository keeps it. */
export function writeJson(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
