import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './compiled.js';

/** One `npm run cli -- ...` as a process of its own. */
export class Command {
  private readonly child: ChildProcess;
  private readonly exit: Promise<number | null>;
  stdout = '';
  stderr = '';

  constructor(env: NodeJS.ProcessEnv, args: readonly string[]) {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(NODE_ENV|JEST_|DATABASE_|AUTH_)/.test(name)),
    );
    this.child = spawn(process.execPath, [join(ROOT, 'bin', 'cli.mjs'), ...args], {
      cwd: tmpdir(),
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exit = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Waits until its standard error contains the text, or the command ends. */
  async says(text: string): Promise<void> {
    while (!this.stderr.includes(text)) {
      const isOver = await Promise.race([
        this.exit.then(() => true),
        once(this.child.stderr ?? this.child, 'data').then(() => false),
      ]);
      if (isOver) throw new Error(`It ended without saying "${text}": ${this.stdout}${this.stderr}`);
    }
  }

  kill(): Promise<number | null> {
    this.child.kill('SIGKILL');
    return this.exit;
  }

  /** The exit code; null if it was killed. */
  ended(): Promise<number | null> {
    return this.exit;
  }
}
