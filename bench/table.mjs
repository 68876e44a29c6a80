// Writes the recorded figures of all sizes into docs/performance.md. npm run bench:table
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIZES } from './dataset/shape.mjs';
import { GOALS, goalOf } from './goals.mjs';

const DOCUMENT = join(import.meta.dirname, '..', 'docs', 'performance.md');
const [BEGIN, END] = ['<!-- bench:table -->', '<!-- /bench:table -->'];

const results = Object.keys(SIZES)
  .map((size) => [size, join(import.meta.dirname, 'results', `${size}.json`)])
  .filter(([, file]) => existsSync(file))
  .map(([size, file]) => [size, JSON.parse(readFileSync(file, 'utf8'))]);

/** Bold where the goal is not reached. */
function cellOf(figure) {
  if (figure === undefined || figure.value === null) return '–';
  return figure.reached === false ? `**${figure.value}**` : String(figure.value);
}

/** The machine is that of the last run; figures of other parts may be of runs before it, of other commits. */
function machinesOf() {
  return results.map(([size, { run, ...figures }]) => {
    const { node, processor, cores, memoryGB, loadBefore } = run.machine;
    return `- ${size}: ${runsOf(figures)}, Node ${node}, ${cores} cores (${processor}), ${memoryGB} GB, load before ${loadBefore}`;
  });
}

function runsOf(figures) {
  const runs = Object.values(figures).map(
    ({ measuredAt, commit }) => `${measuredAt.slice(0, 10)}, commit ${commit}`,
  );
  return [...new Set(runs)].join('; ');
}

function tableOf() {
  const rows = Object.keys(GOALS).map((key) => [
    `\`${key}\``,
    goalOf(key),
    ...results.map(([, result]) => cellOf(result[key])),
  ]);
  const table = [['key', 'goal', ...results.map(([size]) => size)], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length), 3));
  const lineOf = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [lineOf(table[0]), lineOf(widths.map((width) => '-'.repeat(width))), ...table.slice(1).map(lineOf)];
}

const document = readFileSync(DOCUMENT, 'utf8');
const [before, rest] = document.split(BEGIN);
const after = rest?.split(END)[1];
if (after === undefined) throw new Error(`${DOCUMENT} has no ${BEGIN} ... ${END} to write between.`);
const written = [BEGIN, '', ...tableOf(), '', ...machinesOf(), '', END].join('\n');
writeFileSync(DOCUMENT, `${before}${written}${after}`);
