/** The middle of some values; of two in the middle the upper one. */
export const median = (values) =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

/** As many digits as a measurement is worth. */
export const rounded = (value) => Number(value.toPrecision(3));

/** Milliseconds that some work takes. */
export async function timed_ms(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
