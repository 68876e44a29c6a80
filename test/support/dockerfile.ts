import { spawnSync } from 'node:child_process';
import { copyFileSync, linkSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One line of a Dockerfile: `COPY --from=build /build/dist dist`. */
interface Instruction {
  readonly keyword: string;
  /** `--from=build` is `{ from: 'build' }`. */
  readonly flags: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** Instructions from one `FROM` to the next. */
export interface Stage {
  readonly image: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** The container that the last stage describes. */
export interface Container {
  /** The folder of its WORKDIR. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  readonly user: string;
  readonly stopSignal: string;
}

const EXEC_FORM_ONLY = ['RUN', 'CMD', 'HEALTHCHECK'];
const DESCRIBING = ['EXPOSE', 'CMD', 'HEALTHCHECK', 'STOPSIGNAL', 'USER'];

/**
 * Reads the part of the Dockerfile grammar that our file uses: one instruction per line, commands in exec form.
 *
 * @throws Error for a command in shell form, because the shell would receive the container's signals
 */
export function stagesOf(dockerfile: string): Stage[] {
  const instructions = dockerfile
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map(instructionOf);
  const starts = instructions.flatMap(({ keyword }, index) => (keyword === 'FROM' ? [index] : []));
  return starts.map((start, index) => {
    const [image, , name] = instructions[start]?.words ?? [];
    return {
      image: image as string,
      name: name ?? 'final',
      instructions: instructions.slice(start + 1, starts[index + 1]),
    };
  });
}

function instructionOf(line: string): Instruction {
  const [keyword = '', ...rest] = line.split(' ');
  const firstWord = rest.findIndex((word) => !word.startsWith('--'));
  const flags = rest.slice(0, firstWord).map((flag) => flag.slice(2).split('=', 2) as [string, string]);
  const text = rest
    .slice(firstWord)
    .join(' ')
    .replace(keyword === 'HEALTHCHECK' ? /^CMD / : '', '');
  const isExecForm = text.startsWith('[');
  if (!isExecForm && EXEC_FORM_ONLY.includes(keyword)) throw new Error(`Not in exec form: ${line}`);
  const words = isExecForm ? (JSON.parse(text) as string[]) : text.split(' ');
  return { keyword, flags: Object.fromEntries(flags), words };
}

/**
 * Runs the stages like an engine, but in folders instead of images, with the programs of this machine.
 *
 * @param into an empty folder, which gets one folder per stage
 * @param insteadOf replacements of some commands; the key is the command, its words with spaces between
 */
export function runStages(
  stages: readonly Stage[],
  context: string,
  into: string,
  insteadOf: Readonly<Record<string, (folder: string) => void>> = {},
): Container {
  let container: Container | undefined;
  for (const { name, instructions } of stages) {
    const env: Record<string, string> = {};
    let folder = join(into, name);
    for (const { keyword, flags, words } of instructions) {
      if (keyword === 'ENV') Object.assign(env, Object.fromEntries(words.map((word) => word.split('=', 2))));
      else if (keyword === 'WORKDIR')
        mkdirSync((folder = join(into, name, words[0] as string)), { recursive: true });
      else if (keyword === 'COPY')
        copy(words, flags['from'] === undefined ? context : join(into, flags['from']), folder);
      else if (keyword === 'RUN') (insteadOf[words.join(' ')] ?? runner(words, env))(folder);
      else if (!DESCRIBING.includes(keyword)) throw new Error(`Unknown instruction: ${keyword}`);
    }
    const wordsOf = (keyword: string): readonly string[] =>
      instructions.find((one) => one.keyword === keyword)?.words ?? [];
    container = {
      folder,
      env,
      command: wordsOf('CMD'),
      healthCheck: wordsOf('HEALTHCHECK'),
      user: wordsOf('USER')[0] ?? 'root',
      stopSignal: wordsOf('STOPSIGNAL')[0] ?? 'SIGTERM',
    };
  }
  if (container === undefined) throw new Error('The Dockerfile has no stage.');
  return container;
}

/** COPY: the content of a folder to the target, or a file, under its name if the target is a folder. */
function copy(words: readonly string[], from: string, folder: string): void {
  const target = join(folder, words.at(-1) as string);
  for (const source of words.slice(0, -1)) {
    const path = join(from, source);
    place(path, statSync(path).isFile() ? join(target, basename(source)) : target);
  }
}

/** Copies by hard links if both are on one disk, because no step writes into existing files. */
export function place(from: string, to: string): void {
  if (lstatSync(from).isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) place(join(from, name), join(to, name));
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(from, to);
  }
}

function runner([program = '', ...args]: readonly string[], env: Readonly<Record<string, string>>) {
  return (folder: string): void => {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(NODE_|JEST_|npm_)/.test(name)),
    );
    const { status, stderr } = spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...inherited, ...env },
    });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  };
}
