// Writes the recorded figures of all sizes into docs/performance.md. npm run build && npm run bench:table
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIZES, type Size } from './dataset/shape.js';
import { RESULTS, ROOT } from './folders.js';
import { FIGURE_KEYS, goalOf } from './goals.js';
import { readResults, type RecordedFigure, type RecordedResults } from './results.js';

const DOCUMENT = join(ROOT, 'docs', 'performance.md');
const BEGIN = '<!-- bench:table -->';
const END = '<!-- /bench:table -->';

interface SizeResults {
  readonly size: Size;
  readonly recorded: RecordedResults;
}

const results = (Object.keys(SIZES) as Size[]).flatMap((size): SizeResults[] => {
  const recorded = readResults(RESULTS, size);
  return recorded === null ? [] : [{ size, recorded }];
});
const [before = '', rest] = readFileSync(DOCUMENT, 'utf8').split(BEGIN);
const after = rest?.split(END)[1];
if (after === undefined) throw new Error(`${DOCUMENT} has no ${BEGIN} ... ${END} to write between.`);
const written = [BEGIN, '', ...tableOf(), '', ...results.map(machineOf), '', END].join('\n');
writeFileSync(DOCUMENT, `${before}${written}${after}`);

function tableOf(): string[] {
  const rows = FIGURE_KEYS.map((key) => [
    `\`${key}\``,
    goalOf(key),
    ...results.map(({ recorded }) => cellOf(recorded[key])),
  ]);
  const head = ['key', 'goal', ...results.map(({ size }) => size)];
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lineOf = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [lineOf(head), lineOf(widths.map((width) => '-'.repeat(width))), ...rows.map(lineOf)];
}

/** Bold where the goal is not reached. */
function cellOf(figure: RecordedFigure | undefined): string {
  if (figure === undefined || figure.value === null) return '–';
  return figure.reached === false ? `**${figure.value}**` : String(figure.value);
}

/** The machine is that of the last run; figures of other parts may be of runs before it, of other commits. */
function machineOf({ size, recorded }: SizeResults): string {
  const { node, processor, cores, memoryGB, loadBefore } = recorded.run.machine;
  return `- ${size}: ${runsOf(recorded)}, Node ${node}, ${cores} cores (${processor}), ${memoryGB} GB, load before ${loadBefore}`;
}

function runsOf(recorded: RecordedResults): string {
  const runs = FIGURE_KEYS.flatMap((key) => {
    const figure = recorded[key];
    return figure === undefined ? [] : [`${figure.measuredAt.slice(0, 10)}, commit ${figure.commit}`];
  });
  return [...new Set(runs)].join('; ');
}
