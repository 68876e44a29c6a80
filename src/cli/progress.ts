import { Presets, SingleBar } from 'cli-progress';

/** A progress line for a long command. */
export interface Progress {
  /** @param total null while the total is unknown */
  update(phase: string, done: number, total: number | null): void;
  /** Ends the line. */
  stop(): void;
}

const QUIET_LINE_INTERVAL_MS = 5_000;

/**
 * Shows a bar with rate and remaining time on a terminal; otherwise (log, pipe) a plain line now and then.
 *
 * @param unit plural name of what is counted: `lines`, `users`
 */
export function showProgress(unit: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? barOn(stream, unit) : linesOn(stream, unit);
}

function barOn(stream: NodeJS.WriteStream, unit: string): Progress {
  let bar: SingleBar | null = null;
  let shownPhase = '';
  let began = 0;
  /** What an earlier run had already done, for a run that continues it. */
  let firstDone: number | null = null;
  const begin = (phase: string, total: number | null): SingleBar => {
    bar?.stop();
    shownPhase = phase;
    firstDone = null;
    const format =
      total === null
        ? `{phase}  {value} ${unit}  {duration_formatted}`
        : `{phase} {bar} {percentage} %  {value}/{total} ${unit}  {rate}/s  {eta_formatted} left`;
    bar = new SingleBar({ stream, format, hideCursor: true, barsize: 30, fps: 10 }, Presets.shades_classic);
    began = performance.now();
    bar.start(total ?? 0, 0, { phase: phase.padEnd(9), rate: 0 });
    return bar;
  };
  return {
    update(phase, done, total) {
      const current = bar === null || phase !== shownPhase ? begin(phase, total) : bar;
      const seconds = (performance.now() - began) / 1_000;
      firstDone ??= done;
      current.update(done, { rate: seconds > 0 ? Math.round((done - firstDone) / seconds) : 0 });
    },
    stop() {
      bar?.stop();
    },
  };
}

function linesOn(stream: NodeJS.WriteStream, unit: string): Progress {
  let lastWritten = 0;
  let lastPhase = '';
  return {
    update(phase, done, total) {
      if (phase === lastPhase && performance.now() - lastWritten < QUIET_LINE_INTERVAL_MS) return;
      lastWritten = performance.now();
      lastPhase = phase;
      stream.write(`${phase}: ${done}${total === null ? '' : ` of ${total}`} ${unit}\n`);
    },
    stop() {},
  };
}
