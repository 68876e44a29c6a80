import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TICK_MS = 10;

/** Milliseconds of processor time that this process and the database's have used so far; NaN where /proc is not. */
export function processorTime_ms(dataFolder) {
  const { user, system } = process.cpuUsage();
  return { node: (user + system) / 1000, postgres: postgresTime_ms(dataFolder) };
}

function postgresTime_ms(dataFolder) {
  try {
    const file = join(dataFolder, 'postgres', 'cluster', 'postmaster.pid');
    const postmaster = readFileSync(file, 'utf8').split('\n')[0];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(fieldsAfterName)
      .filter((fields) => fields[1] === postmaster)
      .reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) * TICK_MS, 0);
  } catch {
    return Number.NaN;
  }
}

/** State, parent, and so on (proc(5)); nothing of a process that has ended meanwhile. */
function fieldsAfterName(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
