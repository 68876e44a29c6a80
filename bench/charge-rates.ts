import type { ChargingService } from './charging-service.js';
import { processorTime_ms } from './processor-time.js';
import { watchQueries } from './sent-statements.js';
import { median, rounded } from './statistics.js';

const WARM_UP = { clients: 32, seconds: 2 };

/** So many clients that each wait for their answer, for so long. */
interface Load {
  readonly clients: number;
  readonly seconds: number;
}

/** How often some work was done in a second, and what statements and processor time one took. */
interface Rate {
  readonly per_s: number;
  readonly statements: number;
  readonly node_ms: number;
  readonly postgres_ms: number;
}

/** Medians of the rounds; `ratio` is charges to bare, `hot_vs_uniform` everybody deploying one module to any of them. */
export type ChargeRates = ReturnType<typeof figuresOf>;

type WorkName = 'bare' | 'uniform' | 'hot';

const NAMES: readonly WorkName[] = ['bare', 'uniform', 'hot'];

/** Charges a second beside bare transactions, by turns. */
export async function measureChargeRates(
  service: ChargingService,
  { rounds: count, ...load }: Load & { readonly rounds: number },
): Promise<ChargeRates> {
  const works: Record<WorkName, () => Promise<void>> = {
    bare: () => service.bare(),
    uniform: () => service.charge(),
    hot: () => service.charge('m0'),
  };
  for (const name of NAMES) await measure(service, works[name], WARM_UP);
  const rounds: ChargeRates[] = [];
  for (let round = 0; round < count; round += 1) {
    const rates: Partial<Record<WorkName, Rate>> = {};
    // Turned by one each round, so that none always comes after the same other.
    const first = round % NAMES.length;
    for (const name of [...NAMES.slice(first), ...NAMES.slice(0, first)])
      rates[name] = await measure(service, works[name], load);
    rounds.push(figuresOf(rates as Record<WorkName, Rate>));
  }
  return mediansOf(rounds);
}

function mediansOf(rounds: readonly ChargeRates[]): ChargeRates {
  const [first] = rounds;
  if (first === undefined) throw new Error('There must be at least one round.');
  const names = Object.keys(first) as (keyof ChargeRates)[];
  const medians = names.map((name) => [name, rounded(median(rounds.map((round) => round[name])))] as const);
  return Object.fromEntries(medians) as ChargeRates;
}

function figuresOf({ bare, uniform, hot }: Record<WorkName, Rate>) {
  return {
    bare_per_s: bare.per_s,
    uniform_per_s: uniform.per_s,
    hot_per_s: hot.per_s,
    ratio: uniform.per_s / bare.per_s,
    hot_vs_uniform: hot.per_s / uniform.per_s,
    statements_per_charge: uniform.statements,
    bare_node_ms: bare.node_ms,
    bare_postgres_ms: bare.postgres_ms,
    charge_node_ms: uniform.node_ms,
    charge_postgres_ms: uniform.postgres_ms,
  };
}

async function measure(
  { folder }: ChargingService,
  work: () => Promise<void>,
  { clients, seconds }: Load,
): Promise<Rate> {
  const start = performance.now();
  const end = start + seconds * 1000;
  const before = processorTime_ms(folder);
  let statements = 0;
  const watch = watchQueries(() => (statements += 1));
  let done = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  watch.stop();
  const after = processorTime_ms(folder);
  return {
    per_s: (done * 1000) / (performance.now() - start),
    statements: statements / done,
    node_ms: (after.node - before.node) / done,
    postgres_ms: (after.postgres - before.postgres) / done,
  };
}
