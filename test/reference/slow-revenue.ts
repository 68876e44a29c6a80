/** A step of the share as answers contain it. */
interface Step {
  readonly from: string | null;
  readonly to: string | null;
  readonly value: string;
}

interface Deployment {
  readonly createdAt: string;
  readonly grossRevenue: string;
  readonly partnerId?: string | null;
}

/** An integer of 10^-places, read digit by digit. */
function scaled(decimal: string, places: number): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

/** The instant in microseconds; Date has no more than milliseconds. */
function micros(instant: string): bigint {
  const [, seconds = '', fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(instant) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000n + BigInt(fraction.padEnd(6, '0'));
}

/** docs/rules.md, "Revenue", literally: the share at createdAt, in percent. */
export function slowShare({ createdAt }: Pick<Deployment, 'createdAt'>, steps: readonly Step[]): string {
  const at = micros(createdAt);
  const found = steps.filter(
    ({ from, to }) => (from === null || micros(from) <= at) && (to === null || at < micros(to)),
  );
  const [step] = found;
  if (step === undefined || found.length > 1) throw new Error(`${found.length} steps contain ${createdAt}.`);
  return step.value;
}

/** The partner's revenue as an integer of 10^-12: gross * share / 100; 0 on the platform's modules. */
export function slowRevenue(deployment: Deployment, steps: readonly Step[]): bigint {
  if (deployment.partnerId === null) return 0n;
  return scaled(deployment.grossRevenue, 6) * scaled(slowShare(deployment, steps), 4);
}
