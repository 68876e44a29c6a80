import {
  formatInstant,
  formatRevenueShare,
  formatShareFactor,
  type Instant,
  type ShareStep,
} from '../../domain/index.js';
import type { SqlParameters } from '../filter/filter-conditions.js';

/** SQL of the share that is in force at an instant. */
export interface ShareSql {
  /** There is one share for all instants of the range. */
  readonly isOne: boolean;
  /** The percentage as a text, as answers contain it. */
  percentAt(instant: string): string;
  /** The factor of revenue in gross revenue, an exact numeric: 0.3 for 30 %. */
  factorAt(instant: string): string;
}

/**
 * The text of the SQL is the same for any number of steps above one. A value becomes a parameter when it is used first,
 * because PostgreSQL refuses parameters that a statement does not use.
 *
 * @param steps those inside the range of the rows; none for a range without instants
 */
export function shareSql(steps: readonly ShareStep[], parameters: SqlParameters): ShareSql {
  const shares = steps.map(({ share }) => share);
  const percents = shares.map(formatRevenueShare);
  const factors = shares.map(formatShareFactor);
  if (steps.length <= 1) {
    const percent = once(() => `${parameters.add(percents[0] ?? '0')}::text`);
    const factor = once(() => `${parameters.add(factors[0] ?? '0')}::numeric`);
    return { isOne: true, percentAt: percent, factorAt: factor };
  }
  const changes = steps.slice(1).map(({ from }) => formatInstant(from as Instant));
  const bounds = once(() => `${parameters.add(changes)}::timestamptz[]`);
  const percentList = once(() => `${parameters.add(percents)}::text[]`);
  const factorList = once(() => `${parameters.add(factors)}::numeric[]`);
  const stepAt = (instant: string): string => `width_bucket(${instant}, ${bounds()}) + 1`;
  return {
    isOne: false,
    percentAt: (instant) => `(${percentList()})[${stepAt(instant)}]`,
    factorAt: (instant) => `(${factorList()})[${stepAt(instant)}]`,
  };
}

function once(write: () => string): () => string {
  let written: string | undefined;
  return () => (written ??= write());
}
