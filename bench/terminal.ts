import { SIZES, type Size } from './dataset/shape.js';

const began = performance.now();

/** Tells what is being done, with the time since the start. */
export function say(what: string): void {
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write(`${seconds.toFixed(0).padStart(5)} s  ${what}\n`);
}

/** Ends the process with one sentence that says what is wrong. */
export function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

/** The size that an option names; ends the process where it names none. */
export function sizeOption(option: string, value: string): Size {
  const size = Object.keys(SIZES).find((name): name is Size => name === value);
  return size ?? fail(`${option} is ${value}; it must be one of ${Object.keys(SIZES).join(', ')}.`);
}
