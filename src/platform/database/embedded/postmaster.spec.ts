import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disownStalePidFile, runningPostmaster } from './postmaster.js';

describe('postmaster.pid', () => {
  let cluster: string;
  let pidFile: string;
  const write = (pid: number, status: string): void =>
    writeFileSync(
      pidFile,
      [pid, cluster, 1_760_000_000, 5433, '', '127.0.0.1', '  65537  4', status, ''].join('\n'),
    );

  beforeEach(() => {
    cluster = realpathSync(mkdtempSync(join(tmpdir(), 'pmr-postmaster-')));
    pidFile = join(cluster, 'postmaster.pid');
  });
  afterEach(() => rmSync(cluster, { recursive: true }));

  it('is absent: no server runs', () => {
    expect(runningPostmaster(cluster)).toBeNull();
  });

  it.each(['starting', 'ready   ', 'stopping'])(
    'names a process that works in the cluster: "%s"',
    (status) => {
      const server = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { cwd: cluster });
      write(server.pid as number, status);
      expect(runningPostmaster(cluster)).toEqual({ pid: server.pid, port: 5433, status: status.trim() });
      server.kill('SIGKILL');
    },
  );

  it('names an ended process: no server runs, and the file is left to PostgreSQL', () => {
    write(2_147_483_645, 'ready   ');
    const before = readFileSync(pidFile, 'utf8');
    expect(runningPostmaster(cluster)).toBeNull();
    disownStalePidFile(cluster);
    expect(readFileSync(pidFile, 'utf8')).toBe(before);
  });

  it('names a foreign process: no server runs; the pid is replaced, the shared memory line stays', () => {
    write(process.pid, 'ready   ');
    expect(runningPostmaster(cluster)).toBeNull();
    disownStalePidFile(cluster);
    const [pid, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
    expect(pid).toBe('2147483646');
    expect(rest[5]).toBe('  65537  4');
  });
});
