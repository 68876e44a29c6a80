/** The middle of some values; of two in the middle the upper one. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** As many digits as a measurement is worth. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** Milliseconds that some work takes. */
export async function timed_ms(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
