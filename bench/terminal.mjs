const began = performance.now();

/** Tells what is being done, with the time since the start. */
export function say(what) {
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write(`${seconds.toFixed(0).padStart(5)} s  ${what}\n`);
}
