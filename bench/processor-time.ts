import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TICK_MS = 10;

/** Milliseconds of processor time; `postgres` is NaN where /proc is not. */
export interface ProcessorTime {
  readonly node: number;
  readonly postgres: number;
}

/** What this process and the database's processes have used so far. */
export function processorTime_ms(dataFolder: string): ProcessorTime {
  const { user, system } = process.cpuUsage();
  return { node: (user + system) / 1000, postgres: postgresTime_ms(dataFolder) };
}

function postgresTime_ms(dataFolder: string): number {
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
function fieldsAfterName(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
