import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { SignJWT } from 'jose';
import { ROOT } from './folders.js';

/** For throw-away data on this machine alone. */
const SECRET = 'only-for-the-bench-and-for-nothing-else';

/** Every process that was started here and has not ended. */
const running = new Set<ChildProcess>();

/** Headers that say who calls. */
export type Headers = Readonly<Record<'authorization', string>>;

/** One `npm start` as a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What `npm start` and `npm run cli` need to work on a data folder. */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATA_DIR: folder,
    AUTH_JWT_SECRET: SECRET,
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
  };
}

/** Headers of a caller with one role, as the platform would sign its token. */
export async function bearer(sub: string, role: string): Promise<Headers> {
  const token = await new SignJWT({ sub, roles: [role] })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('12h')
    .sign(new TextEncoder().encode(SECRET));
  return { authorization: `Bearer ${token}` };
}

export async function startService(folder: string): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'start.mjs')], {
    env: environmentOf(folder),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  remember(child);
  const [, url = ''] = await saidBy(child.stdout, /Serving at\s+(\S+)/);
  return {
    url: url.replace('localhost', '127.0.0.1'),
    pid: pidOf(child),
    stop: () => stopped(child),
  };
}

/** Reads what a process says until it says this. @throws where it ends before */
export async function saidBy(stdout: Readable, sought: RegExp): Promise<RegExpExecArray> {
  let said = '';
  stdout.setEncoding('utf8');
  for await (const text of stdout.iterator({ destroyOnReturn: false })) {
    said += text;
    const found = sought.exec(said);
    if (found === null) continue;
    stdout.resume();
    return found;
  }
  throw new Error(`The service did not start: ${said}`);
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('The process did not start.');
  return pid;
}

function remember(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Ends whatever still runs, as where the bench itself is broken off. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(stopped));
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}

/** One `npm run cli -- ...`; gives what it took, from its start to its end. @throws where it ends with another code than 0 */
export async function runCli(
  folder: string,
  args: readonly string[],
  whileItRuns: (pid: number) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly seconds: number; readonly said: string }> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'cli.mjs'), ...args], {
    env: environmentOf(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  remember(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exit = once(child, 'close');
  await whileItRuns(pidOf(child));
  const [code] = (await exit) as [number | null];
  if (code !== 0) throw new Error(`cli ${args.join(' ')} ended with ${code}: ${said.slice(-2_000)}`);
  return { seconds: (performance.now() - began) / 1000, said };
}
