// How long a person waits: for the help of the command line, a first start with a new database, and a start on an old one.
// npm run build && npm run bench:starts [-- --rounds 5] [--out FILE]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RESULTS, ROOT } from './folders.js';
import { machineFacts } from './machine.js';
import { writeJson } from './results.js';
import { startService, stopAll } from './service-process.js';
import { median } from './statistics.js';
import { say } from './terminal.js';

/** At most so many seconds, on two idle cores. */
const GOALS = { help: 0.6, firstStart: 4, start: 2.5 };
type Wait = keyof typeof GOALS;

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, out: { type: 'string' } },
});
const machine = machineFacts();
const seconds: Record<Wait, number[]> = { help: [], firstStart: [], start: [] };
for (const event of ['SIGINT', 'SIGTERM'] as const) process.once(event, () => void stopAll());
for (let round = 0; round < Number(options.rounds); round += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-starts-'));
  try {
    seconds.help.push(help_seconds());
    seconds.firstStart.push(await start_seconds(folder));
    seconds.start.push(await start_seconds(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const figures = (Object.keys(GOALS) as Wait[]).map((wait) => {
  const median_seconds = median(seconds[wait]);
  const reached = median_seconds <= GOALS[wait];
  say(`${wait}: ${median_seconds.toFixed(2)} s (${reached ? 'at most' : 'NOT at most'} ${GOALS[wait]} s)`);
  return [wait, { median_seconds, goal_seconds: GOALS[wait], reached, rounds_seconds: seconds[wait] }];
});
writeJson(options.out ?? join(RESULTS, 'starts.json'), { machine, ...Object.fromEntries(figures) });

/** With npm's own time, as a person would ask. */
function help_seconds(): number {
  const began = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', 'cli', '--', '--help'], { cwd: ROOT });
  if (status !== 0) throw new Error(`npm run cli -- --help ended with ${status}.`);
  return (performance.now() - began) / 1_000;
}

/** Until the service says that it serves, and is ready when it is asked. */
async function start_seconds(folder: string): Promise<number> {
  const began = performance.now();
  const service = await startService(folder);
  const ready = await fetch(`${service.url}/api/health/ready`);
  const waited_seconds = (performance.now() - began) / 1_000;
  if (ready.status !== 200) throw new Error(`The service answers ${ready.status} when it should be ready.`);
  await service.stop();
  return waited_seconds;
}
