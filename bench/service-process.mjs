import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SignJWT } from 'jose';

const bin = (name) => join(import.meta.dirname, '..', 'bin', name);
/** For throw-away data on this machine alone. */
const SECRET = 'only-for-the-bench-and-for-nothing-else';

/** Every process that was started here and has not ended. */
const running = new Set();

/** What `npm start` and `npm run cli` need to work on a data folder. */
export function environmentOf(folder) {
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

/** A header that says who calls. */
export async function bearer(sub, role) {
  const token = await new SignJWT({ sub, roles: [role] })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('12h')
    .sign(new TextEncoder().encode(SECRET));
  return { authorization: `Bearer ${token}` };
}

/** One `npm start` as a process of its own. */
export async function startService(folder) {
  const child = spawn(process.execPath, [bin('start.mjs')], {
    env: environmentOf(folder),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  remember(child);
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text;
    const url = /Serving at\s+(\S+)/.exec(said)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url: url.replace('localhost', '127.0.0.1'), pid: child.pid, stop: () => stopped(child) };
  }
  throw new Error(`The service did not start: ${said}`);
}

function remember(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Ends whatever still runs, as where the bench itself is broken off. */
export const stopAll = () => Promise.all([...running].map(stopped));

async function stopped(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}

/** One `npm run cli -- ...`; gives what it took, from its start to its end. @throws where it ends with another code than 0 */
export async function runCli(folder, args, whileItRuns = () => {}) {
  const began = performance.now();
  const child = spawn(process.execPath, [bin('cli.mjs'), ...args], {
    env: environmentOf(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  remember(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  const exit = once(child, 'close');
  await whileItRuns(child.pid);
  const [code] = await exit;
  if (code !== 0) throw new Error(`cli ${args.join(' ')} ended with ${code}: ${said.slice(-2_000)}`);
  return { seconds: (performance.now() - began) / 1000, said };
}
